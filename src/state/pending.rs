//! Comments on their way to the server: shown at once, kept until the server has them.

use super::ThreadState;
use afterword_wire::{AuthorFields, CommentId, RequestId};
use serde::{Deserialize, Serialize};

/// A comment the viewer wrote and the server has not acknowledged. Kept in the browser's storage, where the other tabs see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingComment {
    /// Its number among those of this tab.
    #[serde(skip)]
    pub number: u32,
    /// The same for every attempt, in every tab, across reloads too: that is what makes it be posted once.
    pub request_id: RequestId,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// As typed.
    pub body_markdown: String,
    /// Who signs.
    pub fields: AuthorFields,
    /// How it stands.
    #[serde(default)]
    pub status: PendingStatus,
    /// Why it is not sent, where the server said so, as a sentence for its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its author is being asked whether it is really to be deleted.
    #[serde(skip)]
    pub is_asking_to_delete: bool,
    /// How often its row's look has changed.
    #[serde(skip)]
    pub version: u32,
}

/// How a pending comment stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PendingStatus {
    /// Under way, or next.
    Sending,
    /// It waits: the server was not reached, or wants it later.
    #[default]
    NotSent,
    /// The server refused it; only its author can go on from there.
    Refused,
}

impl ThreadState {
    /// A pending comment by its number.
    #[must_use]
    pub fn pending(&self, number: u32) -> Option<&PendingComment> {
        self.pending.iter().find(|pending| pending.number == number)
    }

    /// The number of a pending comment.
    #[must_use]
    pub fn pending_number(&self, request_id: &str) -> Option<u32> {
        self.pending.iter().find(|pending| pending.request_id.as_str() == request_id).map(|pending| pending.number)
    }

    /// Takes in a comment to be sent, in the order of writing, and returns its number.
    pub fn add_pending(&mut self, mut pending: PendingComment) -> u32 {
        let number = self.next_pending;
        self.next_pending += 1;
        pending.number = number;
        // Request ids begin with the time.
        let at = self.pending.partition_point(|before| before.request_id.as_str() <= pending.request_id.as_str());
        self.pending.insert(at, pending);
        number
    }

    /// Changes a pending comment, and has its row drawn anew.
    pub fn update_pending(&mut self, number: u32, update: impl FnOnce(&mut PendingComment)) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.number == number) {
            update(pending);
            pending.version += 1;
        }
    }

    /// Takes a pending comment out: it was acknowledged, or its author gave it up.
    pub fn remove_pending(&mut self, number: u32) -> Option<PendingComment> {
        let at = self.pending.iter().position(|pending| pending.number == number)?;
        Some(self.pending.remove(at))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::rows::tests::{outline, state_of};
    use super::*;

    /// A comment written at that time.
    pub fn pending(written_at_ms: u64, parent: Option<u64>) -> PendingComment {
        PendingComment {
            number: 0,
            request_id: RequestId::from_parts(written_at_ms, [0; 16]),
            parent_id: parent.map(CommentId),
            body_markdown: format!("written at {written_at_ms}"),
            fields: AuthorFields::default(),
            status: PendingStatus::Sending,
            reason: None,
            is_asking_to_delete: false,
            version: 0,
        }
    }

    #[test]
    fn pending_roots_stand_above_the_others_newest_first_and_pending_replies_below_oldest_first() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None)]);
        for (at, parent) in [(0, None), (1, Some(1)), (2, None), (3, Some(1))] {
            state.add_pending(pending(at, parent));
        }
        assert_eq!(outline(&state), ["pending 2", "pending 0", "1", " 2", " pending 1", " pending 3", "3"]);
    }

    #[test]
    fn a_pending_reply_whose_parent_is_not_loaded_stands_on_top() {
        let mut state = state_of(&[(1, None)]);
        state.add_pending(pending(0, Some(9)));
        assert_eq!(outline(&state), ["pending 0", "1"]);
    }

    #[test]
    fn numbers_are_not_used_twice() {
        let mut state = state_of(&[]);
        let first = state.add_pending(pending(0, None));
        state.remove_pending(first);
        assert_ne!(state.add_pending(pending(1, None)), first);
    }

    #[test]
    fn a_change_draws_the_row_anew() {
        let mut state = state_of(&[]);
        let number = state.add_pending(pending(0, None));
        let before = state.rows();
        state.update_pending(number, |pending| pending.status = PendingStatus::NotSent);
        assert_ne!(state.rows(), before);
    }
}
