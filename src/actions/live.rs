//! What others write while the thread is read.

use super::Thread;
use crate::browser::{intl::counted, json};
use afterword_wire::{CommentId, Written};

/// Takes in a comment as the server tells of it. The first that waits somewhere is announced; those that join it are not.
pub fn take_live(thread: Thread, text: &str) {
    let Some(written) = json::from_text::<Written>(text) else { return };
    let parent_id = written.comment.parent_id;
    if thread.change(|state| state.take_live(written) && state.waiting_count(parent_id) == 1) == Some(true) {
        let strings = thread.strings();
        let plurals = if parent_id.is_some() { &strings.new_replies } else { &strings.new_comments };
        thread.announce(&counted(plurals, thread.lang(), 1));
    }
}

/// Shows the new replies of a comment, or the new root comments. Focus goes to the first.
pub fn show_new(thread: Thread, parent_id: Option<CommentId>) {
    let first = thread.change(|state| state.show_waiting(parent_id)).flatten();
    thread.focus(first.map(|id| format!("#comment-{id}")).into_iter().collect());
}
