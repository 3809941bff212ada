//! One comment.

use super::author_name::author_name;
use super::avatar::avatar;
use super::comment_actions::comment_actions;
use super::comment_list::row;
use super::comment_time::comment_time;
use super::element::{Drawn, button, element, nothing};
use super::sanitized_html::{SanitizedHtml, sanitized_html};
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::state::{Node, ThreadState};
use crate::text::fill;
use afterword_wire::{Comment, CommentId};
use leptos::prelude::*;

/// From how many bytes of HTML on a body is folded until the reader wants it whole.
const FOLD_FROM_BYTES: usize = 2_400;

/// A comment's row: drawn once, without a signal in it; what changes its look gives it a new version.
pub fn comment_row(thread: Thread, id: CommentId, can_write: bool) -> AnyView {
    thread.state.with_untracked(|state| match state.node(id) {
        Some(node) => comment_place(thread, node)
            .with_some("aria-description", state.is_new(node).then_some(thread.strings().new_since_last_visit))
            .child(comment_article(thread, state, node, can_write).draw())
            .draw(),
        None => nothing(),
    })
}

/// The row a comment stands in, still empty.
pub fn comment_place(thread: Thread, node: &Node) -> Drawn {
    let comment = &node.comment;
    let class = if node.look.is_marked { "aw-row aw-row--marked" } else { "aw-row" };
    let row = row(class, comment.depth).with("id", format!("comment-{}", comment.id)).with("data-id", comment.id.to_string());
    // The row is what takes focus, and so what has a name and a place.
    row.with("tabindex", "-1")
        .with("aria-label", author_label(thread, comment))
        .with("aria-level", (comment.depth + 1).to_string())
        .with("aria-posinset", node.place.position.to_string())
        .with("aria-setsize", node.place.size.to_string())
}

/// The comment itself. Where nothing hears buttons (`can_write` false) it has none.
pub fn comment_article(thread: Thread, state: &ThreadState, node: &Node, can_write: bool) -> Drawn {
    let article = element("article", article_class(node))
        .with("part", "comment")
        .child(head(thread, state, node, can_write))
        .child_some(answered(thread, state, node));
    content(article, thread, state, node, can_write)
}

fn article_class(node: &Node) -> &'static str {
    match (node.comment.is_deleted(), node.look.is_collapsed) {
        (false, false) => "aw-comment",
        (false, true) => "aw-comment aw-comment--collapsed",
        (true, false) => "aw-comment aw-comment--deleted",
        (true, true) => "aw-comment aw-comment--deleted aw-comment--collapsed",
    }
}

fn author_label(thread: Thread, comment: &Comment) -> String {
    comment.author.as_ref().map_or_else(|| thread.strings().someone.to_owned(), |author| author.name.clone())
}

fn head(thread: Thread, state: &ThreadState, node: &Node, can_write: bool) -> AnyView {
    let strings = thread.strings();
    let comment = &node.comment;
    let mut head = element("header", "aw-comment__head");
    if let Some(author) = &comment.author {
        head = head.child(avatar(author)).child(author_name(author));
    } else if node.look.is_collapsed {
        head = head.text(strings.someone);
    }
    if state.is_new(node) {
        let dot = element("span", "aw-comment__new aw-dot").with("role", "img");
        head = head.child(dot.with("aria-label", strings.new_since_last_visit).draw());
    }
    if state.is_own(comment) {
        head = head.child(element("span", "aw-badge").with("part", "badge").text(strings.you).draw());
    }
    if !node.look.is_collapsed {
        head = head.child(comment_time(thread, comment));
    }
    if comment.edited_at.is_some() && !node.look.is_collapsed {
        head = head.child(element("span", "aw-comment__edited").text(strings.edited).draw());
    }
    // Without scripts nothing would hear the button.
    let toggle = if can_write { toggle(thread, state, node) } else { None };
    head.child_some(toggle).draw()
}

/// The button that folds a comment's branch into one line, or opens it again.
fn toggle(thread: Thread, state: &ThreadState, node: &Node) -> Option<AnyView> {
    let strings = thread.strings();
    let comment = &node.comment;
    let toggle = button("collapse", "aw-toggle").with_some("aria-keyshortcuts", thread.shortcut("x"));
    if node.look.is_collapsed {
        let replies = counted(&strings.and_replies, thread.lang(), state.loaded_below(comment.id));
        return Some(toggle.with("aria-expanded", "false").text(replies).draw());
    }
    let label = fill(strings.collapse, &author_label(thread, comment));
    (comment.reply_count > 0).then(|| toggle.with("aria-expanded", "true").with("aria-label", label).draw())
}

/// Whom a reply answers: for screen readers always, for the eye where rows no longer move in.
fn answered(thread: Thread, state: &ThreadState, node: &Node) -> Option<AnyView> {
    let comment = &node.comment;
    let parent_id = comment.parent_id.filter(|_| !comment.is_deleted() && !node.look.is_collapsed)?;
    let name = state.answered_name(comment).unwrap_or(thread.strings().someone);
    let link = element("a", "aw-comment__answered").with("href", format!("#comment-{parent_id}"));
    Some(link.text(fill(thread.strings().in_reply_to, name)).draw())
}

fn content(article: Drawn, thread: Thread, state: &ThreadState, node: &Node, can_write: bool) -> Drawn {
    if node.look.is_collapsed {
        return article;
    }
    let strings = thread.strings();
    if node.comment.is_deleted() {
        return article.child(element("p", "aw-comment__deleted").text(strings.deleted).draw());
    }
    let is_folded = can_write && node.comment.body_html.len() > FOLD_FROM_BYTES && !node.look.is_unfolded;
    let class = if is_folded { "aw-comment__body aw-comment__body--folded" } else { "aw-comment__body" };
    let unfold = is_folded.then(|| button("unfold", "aw-button").text(strings.read_more).draw());
    let failure = node.look.failure.clone();
    let failure = failure.map(|sentence| element("p", "aw-comment__failure").with("role", "alert").text(sentence).draw());
    article
        .child(sanitized_html(class, SanitizedHtml::from_server(&node.comment.body_html)))
        .child_some(unfold)
        .child_some(can_write.then(|| comment_actions(thread, state, node)))
        .child_some(failure)
}
