//! The queue of pending comments: what is sent next, and how the tabs agree about it.

use super::{PendingComment, PendingStatus, ThreadState};
use afterword_wire::RequestId;

/// What this tab has to do with the sending.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sending {
    /// The lock is waited for, or held.
    pub has_asked: bool,
    /// The lock is held: it is this tab that sends.
    pub is_its_turn: bool,
    /// A request is under way.
    pub is_busy: bool,
    /// Something was sent since the lock was got.
    pub has_sent: bool,
    /// Failures in a row.
    pub failure_count: u32,
    /// The number of the last wait: only its end counts.
    pub wait_number: u32,
}

impl ThreadState {
    /// The pending comment to be sent next: the one written first. One that was refused waits for its author and for nobody else.
    #[must_use]
    pub fn next_unsent(&self) -> Option<&PendingComment> {
        self.pending.iter().find(|pending| pending.status != PendingStatus::Refused)
    }

    /// Notes how all stand that were not refused.
    pub fn mark_unsent(&mut self, status: PendingStatus, reason: Option<&str>) {
        for pending in &mut self.pending {
            if pending.status != PendingStatus::Refused {
                pending.stand(status, reason);
            }
        }
    }

    /// Notes that the server refused a comment, and why.
    pub fn refuse_pending(&mut self, request_id: &RequestId, reason: &str) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.request_id == *request_id) {
            pending.stand(PendingStatus::Refused, Some(reason));
        }
    }

    /// Takes over what the tabs have in common: `kept` is all that is in storage. What is here and not there stays: the storage
    /// may have been cleared, and this tab has the only copy.
    pub fn sync_pending(&mut self, kept: Vec<PendingComment>) {
        for kept in kept {
            match self.pending.iter_mut().find(|pending| pending.request_id == kept.request_id) {
                Some(pending) => pending.stand(kept.status, kept.reason.as_deref()),
                None => _ = self.add_pending(kept),
            }
        }
    }
}

impl PendingComment {
    /// Notes how it stands; its row is drawn anew where that is news.
    pub fn stand(&mut self, status: PendingStatus, reason: Option<&str>) {
        if self.status != status || self.reason.as_deref() != reason {
            self.status = status;
            self.reason = reason.map(str::to_owned);
            self.is_asking_to_delete = false;
            self.version += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pending::tests::pending;
    use super::super::rows::tests::state_of;
    use super::*;

    fn bodies(state: &ThreadState) -> Vec<&str> {
        state.pending.iter().map(|pending| pending.body_markdown.as_str()).collect()
    }

    #[test]
    fn what_was_written_first_is_sent_first_whichever_tab_it_comes_from() {
        let mut state = state_of(&[]);
        state.add_pending(pending(2, None));
        state.sync_pending(vec![pending(3, None), pending(1, None), pending(2, None)]);
        assert_eq!(bodies(&state), ["written at 1", "written at 2", "written at 3"]);
        assert_eq!(state.next_unsent().map(|next| next.body_markdown.as_str()), Some("written at 1"));
    }

    #[test]
    fn a_refused_comment_keeps_its_reason_and_holds_nobody_up() {
        let mut state = state_of(&[]);
        let first = state.add_pending(pending(1, None));
        state.add_pending(pending(2, None));
        state.refuse_pending(&pending(1, None).request_id, "closed");
        assert_eq!(state.next_unsent().map(|next| next.body_markdown.as_str()), Some("written at 2"));
        state.mark_unsent(PendingStatus::NotSent, None);
        assert_eq!(state.pending(first).and_then(|refused| refused.reason.as_deref()), Some("closed"));
        assert_eq!(state.next_unsent().map(|next| next.status), Some(PendingStatus::NotSent));
    }

    #[test]
    fn what_was_cleared_from_storage_stays_in_the_tab() {
        let mut state = state_of(&[]);
        state.add_pending(pending(1, None));
        state.sync_pending(vec![pending(2, None)]);
        assert_eq!(bodies(&state), ["written at 1", "written at 2"]);
    }

    #[test]
    fn news_from_another_tab_draws_only_the_rows_it_changes() {
        let mut state = state_of(&[]);
        state.add_pending(pending(1, None));
        state.add_pending(pending(2, None));
        let before = state.rows();
        let mut failed = pending(1, None);
        failed.status = PendingStatus::NotSent;
        state.sync_pending(vec![failed, pending(2, None)]);
        let after = state.rows();
        assert_eq!(before[0], after[0], "newest first: the second comment");
        assert_ne!(before[1], after[1]);
    }
}
