//! The way to siblings that are not loaded yet.

use super::comment_list::row;
use super::element::{button, element};
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::state::{Children, MoreStatus};
use afterword_wire::CommentId;
use leptos::prelude::*;

/// A button that loads more, and what became of it. Where no script would hear it (`can_write` false), only how many there are.
pub fn more_row(thread: Thread, parent_id: Option<CommentId>, depth: u16, can_write: bool) -> AnyView {
    let strings = thread.strings();
    let (count, status) = thread.state.with_untracked(|state| {
        let siblings = state.children(parent_id);
        (siblings.map_or(0, Children::hidden_count), siblings.and_then(|siblings| siblings.more_status.clone()))
    });
    let plurals = if parent_id.is_some() { &strings.more_replies } else { &strings.more_comments };
    let (text, failure) = match status {
        None => (counted(plurals, thread.lang(), count), None),
        Some(MoreStatus::Loading) => (strings.loading.to_owned(), None),
        Some(MoreStatus::Failed(sentence)) => (strings.retry.to_owned(), Some(sentence)),
    };
    let failure = failure.map(|sentence| element("p", "aw-comment__failure").with("role", "alert").text(sentence).draw());
    let id = parent_id.map(|id| id.to_string());
    let row_id = format!("more-{}", id.as_deref().unwrap_or("root"));
    let more = if can_write { button("more", "aw-button").with_some("data-parent", id) } else { element("span", "aw-empty") };
    let more = more.text(text).draw();
    row("aw-row aw-row--more", depth).with("id", row_id).child_some(failure).child(more).draw()
}
