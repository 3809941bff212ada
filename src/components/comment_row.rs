//! One comment.

use super::author_name::author_name;
use super::avatar::avatar;
use super::comment_actions::comment_actions;
use super::comment_list::MAX_SHOWN_DEPTH;
use super::comment_time::comment_time;
use super::sanitized_html::{SanitizedHtml, sanitized_html};
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::state::ThreadState;
use crate::text::fill;
use afterword_wire::{Comment, CommentId};
use leptos::prelude::*;

/// From how many bytes of HTML on a body is folded until the reader wants it whole.
const FOLD_FROM_BYTES: usize = 2_400;

/// A comment's row: drawn once, without a signal in it; what changes its look gives it a new version.
pub fn comment_row(thread: Thread, id: CommentId, can_write: bool) -> AnyView {
    thread.state.with_untracked(|state| match state.comment(id) {
        Some(comment) => draw(thread, state, comment, can_write),
        None => ().into_any(),
    })
}

fn draw(thread: Thread, state: &ThreadState, comment: &Comment, can_write: bool) -> AnyView {
    let id = comment.id;
    let is_collapsed = state.is_collapsed(id);
    let is_marked = state.marked() == Some(id);
    let content = if is_collapsed {
        ().into_any()
    } else if comment.is_deleted() {
        view! { <p class="aw-comment__deleted">{thread.strings().deleted}</p> }.into_any()
    } else {
        (body(thread, state, comment), can_write.then(|| comment_actions(thread, state, comment))).into_any()
    };
    view! {
        <li
            class="aw-row"
            class:aw-row--marked=is_marked
            id=format!("comment-{id}")
            data-id=id.to_string()
            data-depth=comment.depth.min(MAX_SHOWN_DEPTH)
            tabindex="-1"
        >
            <article
                class="aw-comment"
                class:aw-comment--deleted=comment.is_deleted()
                class:aw-comment--collapsed=is_collapsed
                part="comment"
                aria-label=author_label(thread, comment)
            >
                {head(thread, state, comment)}
                {answered(thread, state, comment)}
                {content}
            </article>
        </li>
    }
    .into_any()
}

fn author_label(thread: Thread, comment: &Comment) -> String {
    comment.author.as_ref().map_or_else(|| thread.strings().someone.to_owned(), |author| author.name.clone())
}

fn head(thread: Thread, state: &ThreadState, comment: &Comment) -> impl IntoView + use<> {
    let strings = thread.strings();
    let by_viewer = state.is_own(comment).then(|| view! { <span class="aw-badge">{strings.you}</span> });
    let author = comment.author.as_ref().map(|author| (avatar(author), author_name(author)));
    view! {
        <header class="aw-comment__head">
            {toggle(thread, state, comment)}
            {author}
            {by_viewer}
            {comment_time(thread, comment)}
        </header>
    }
}

/// The button that folds a comment's branch into one line, or opens it again.
fn toggle(thread: Thread, state: &ThreadState, comment: &Comment) -> Option<impl IntoView + use<>> {
    let strings = thread.strings();
    let is_collapsed = state.is_collapsed(comment.id);
    if comment.reply_count == 0 && !is_collapsed {
        return None;
    }
    let name = author_label(thread, comment);
    let replies = is_collapsed.then(|| counted(&strings.and_replies, thread.lang(), state.loaded_below(comment.id)));
    let label = fill(strings.collapse, &name);
    Some(view! {
        <button type="button" class="aw-toggle" data-act="collapse" aria-expanded=(!is_collapsed).to_string() aria-label=label>
            {replies}
        </button>
    })
}

/// Whom a reply answers: for screen readers always, for the eye where rows no longer move in.
fn answered(thread: Thread, state: &ThreadState, comment: &Comment) -> Option<impl IntoView + use<>> {
    let parent_id = comment.parent_id?;
    if comment.is_deleted() || state.is_collapsed(comment.id) {
        return None;
    }
    let name = state.answered_name(comment).unwrap_or(thread.strings().someone);
    let text = fill(thread.strings().in_reply_to, name);
    Some(view! { <a class="aw-comment__answered" href=format!("#comment-{parent_id}")>{text}</a> })
}

fn body(thread: Thread, state: &ThreadState, comment: &Comment) -> impl IntoView + use<> {
    let is_folded = comment.body_html.len() > FOLD_FROM_BYTES && !state.is_unfolded(comment.id);
    let unfold = is_folded.then(|| {
        view! { <button type="button" class="aw-button" data-act="unfold">{thread.strings().read_more}</button> }
    });
    let class = if is_folded { "aw-comment__body aw-comment__body--folded" } else { "aw-comment__body" };
    (sanitized_html(class, SanitizedHtml::from_server(&comment.body_html)), unfold)
}
