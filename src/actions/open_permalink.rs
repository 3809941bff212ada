//! Brings the reader to the comment that `#comment-<id>` names, wherever it is in the thread.

use super::Thread;
use super::follow_scrolling::with_row;
use crate::api::{self, ApiFailure};
use crate::browser::focus;
use crate::state::RowKey;
use afterword_wire::{CommentId, ErrorCode};
use leptos::prelude::*;

/// Loads a comment if need be, scrolls to it, marks it and gives it focus.
pub fn open_permalink(thread: Thread, id: CommentId) {
    if thread.state.with_untracked(|state| state.comment(id).is_some()) {
        show(thread, id);
        return;
    }
    let sort = thread.state.with_untracked(|state| state.sort);
    api::read_permalink(&thread.config(), id, sort, move |answer| match answer {
        Ok(slice) => {
            thread.change(|state| state.merge_permalink(slice, id));
            show(thread, id);
        }
        Err(ApiFailure::Refused(error)) if error.code == ErrorCode::CommentNotFound => {
            thread.notice.set(Some(thread.strings().comment_gone.to_owned()));
        }
        Err(_) => thread.notice.set(Some(thread.strings().failed_offline.to_owned())),
    });
}

fn show(thread: Thread, id: CommentId) {
    thread.change(|state| state.mark(id));
    go_to(thread, id);
}

/// Brings a comment that is loaded to the middle of the screen, and gives it focus.
pub(super) fn go_to(thread: Thread, id: CommentId) {
    let selector = format!("#comment-{id}");
    with_row(thread, RowKey::Comment(id), move |element| {
        focus::scroll_to(element, &selector);
        focus::move_to(element, &[&selector]);
    });
}
