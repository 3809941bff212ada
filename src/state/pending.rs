//! Comments on their way to the server: shown at once, kept until the server has them.

use super::ThreadState;
use afterword_wire::{AuthorFields, CommentId, RequestId};
use serde::{Deserialize, Serialize};

/// A comment the viewer posted and the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingComment {
    /// Its number among those of this session.
    #[serde(skip)]
    pub number: u32,
    /// The same for every attempt, across reloads too: that is what makes it be posted once.
    pub request_id: RequestId,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// As typed.
    pub body_markdown: String,
    /// Who signs.
    pub fields: AuthorFields,
    /// How often its row's look has changed.
    #[serde(skip)]
    pub version: u32,
    /// How it stands; after a reload it waits for the viewer.
    #[serde(skip)]
    pub status: PendingStatus,
}

/// How a pending comment stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PendingStatus {
    /// Under way.
    Sending,
    /// The server was not reached; trying again may help.
    #[default]
    NotSent,
    /// The server refused it; the sentence says why.
    Refused(String),
}

impl ThreadState {
    /// Takes in a comment to be sent and returns its number.
    pub fn add_pending(&mut self, mut pending: PendingComment) -> u32 {
        let number = self.next_pending;
        self.next_pending += 1;
        pending.number = number;
        self.pending.push(pending);
        number
    }

    /// A pending comment by its number.
    #[must_use]
    pub fn pending(&self, number: u32) -> Option<&PendingComment> {
        self.pending.iter().find(|pending| pending.number == number)
    }

    /// Notes how a pending comment stands.
    pub fn set_pending_status(&mut self, number: u32, status: PendingStatus) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.number == number) {
            pending.status = status;
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
mod tests {
    use super::super::rows::tests::{outline, state_of};
    use super::*;

    fn pending(parent: Option<u64>) -> PendingComment {
        PendingComment {
            number: 0,
            request_id: RequestId::from_parts(0, [0; 16]),
            parent_id: parent.map(CommentId),
            body_markdown: "on its way".to_owned(),
            fields: AuthorFields::default(),
            status: PendingStatus::Sending,
            version: 0,
        }
    }

    #[test]
    fn a_pending_root_stands_first_and_a_pending_reply_last() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None)]);
        state.add_pending(pending(None));
        state.add_pending(pending(Some(1)));
        assert_eq!(outline(&state), ["pending 0", "1", " 2", " pending 1", "3"]);
    }

    #[test]
    fn numbers_are_not_used_twice() {
        let mut state = state_of(&[]);
        let first = state.add_pending(pending(None));
        state.remove_pending(first);
        assert_ne!(state.add_pending(pending(None)), first);
    }

    #[test]
    fn a_change_of_status_draws_the_row_anew() {
        let mut state = state_of(&[]);
        let number = state.add_pending(pending(None));
        let before = state.rows();
        state.set_pending_status(number, PendingStatus::NotSent);
        assert_ne!(state.rows(), before);
    }
}
