//! The way to siblings that are not loaded yet.

use super::comment_list::MAX_SHOWN_DEPTH;
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::state::MoreStatus;
use afterword_wire::CommentId;
use leptos::prelude::*;

/// A button that loads more, and what became of it.
pub fn more_row(thread: Thread, parent_id: Option<CommentId>, depth: u16) -> AnyView {
    let strings = thread.strings();
    let (count, status) = thread.state.with_untracked(|state| {
        let count = state.children(parent_id).map_or(0, crate::state::Children::hidden_count);
        (count, state.more_status(parent_id).cloned())
    });
    let plurals = if parent_id.is_some() { &strings.more_replies } else { &strings.more_comments };
    let (text, failure) = match status {
        None => (counted(plurals, thread.lang(), count), None),
        Some(MoreStatus::Loading) => (strings.loading.to_owned(), None),
        Some(MoreStatus::Failed(sentence)) => (strings.retry.to_owned(), Some(sentence)),
    };
    let failure = failure.map(|sentence| view! { <p class="aw-comment__failure" role="alert">{sentence}</p> });
    let id = parent_id.map(|id| id.to_string());
    let row_id = format!("more-{}", id.as_deref().unwrap_or("root"));
    view! {
        <li class="aw-row aw-row--more" id=row_id data-depth=depth.min(MAX_SHOWN_DEPTH)>
            {failure}
            <button type="button" class="aw-button" data-act="more" data-parent=id>{text}</button>
        </li>
    }
    .into_any()
}
