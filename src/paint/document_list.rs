//! The comments of a document, each with links to what can be done with it, and the form that was asked for.

use super::document::{Document, Writing};
use super::document_dates;
use super::forms::{Purpose, delete_form, writing_form};
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::components::{Drawn, comment_article, comment_place, element, row};
use crate::state::{Children, Node, Row, RowKey};
use crate::text::fill;
use afterword_wire::CommentId;
use leptos::prelude::*;

/// The deepest row that still moves in.
const MAX_SHOWN_DEPTH: u16 = 7;
/// From where on a branch can be had by itself: on a phone rows stop moving in here.
const FOCUS_FROM_DEPTH: u16 = 4;

/// The comments in reading order.
pub(super) fn list(thread: Thread, document: &Document) -> AnyView {
    let list = element("ol", "aw-list");
    document.state.rows().into_iter().fold(list, |list, row| draw(list, thread, document, row)).draw()
}

fn draw(list: Drawn, thread: Thread, document: &Document, listed: Row) -> Drawn {
    match listed.key {
        RowKey::Comment(id) => {
            let Some(node) = document.state.node(id) else { return list };
            let reply = document.form(Purpose::Reply(id)).map(|form| {
                let form = writing_form(document, &document.state, form);
                row("aw-row aw-row--form", (listed.depth + 1).min(MAX_SHOWN_DEPTH)).child(form).draw()
            });
            list.child(comment_row(thread, document, node)).child_some(reply)
        }
        RowKey::More(parent_id) => list.child_some(more_row(document, parent_id, listed.depth)),
        // What only a running widget has.
        RowKey::Edit(_) | RowKey::Reply(_) | RowKey::Pending(_) => list,
    }
}

fn comment_row(thread: Thread, document: &Document, node: &Node) -> AnyView {
    let id = node.comment.id;
    let place = comment_place(thread, node);
    if let Some(form) = document.form(Purpose::Edit(id)) {
        return place.child(writing_form(document, &document.state, form)).draw();
    }
    let article = comment_article(thread, &document.state, node, false);
    let article = match document.form(Purpose::Delete(id)) {
        Some(form) => article.child(delete_form(document, form)),
        None => article.child_some(actions(document, node)),
    };
    place.child(article.draw()).draw()
}

/// What can be done with a comment, as links to a form.
fn actions(document: &Document, node: &Node) -> Option<AnyView> {
    let strings = document.lang.strings();
    let author = node.comment.author.as_ref()?;
    let target = match document.writing {
        Writing::Forms(_) => None,
        Writing::InNewTab => Some("_blank".to_owned()),
        Writing::Nowhere => return None,
    };
    let link = |purpose, text: &'static str| {
        element("a", "aw-button").with("href", document.form_url(purpose)).with_some("target", target.clone()).text(text)
    };
    let mut actions = element("div", "aw-comment__actions").with("part", "actions");
    let id = node.comment.id;
    if !document.state.is_closed {
        let reply = link(Purpose::Reply(id), strings.reply).with("aria-label", fill(strings.reply_to, &author.name));
        actions = actions.child(reply.draw());
    }
    if let Some(left_ms) = document.state.edit_time_left_ms(&node.comment, document.now.0) {
        let minutes = u32::try_from(left_ms / 60_000 + 1).unwrap_or(1);
        let left = counted(&strings.minutes_left, document.lang, minutes);
        actions = actions
            .child(link(Purpose::Edit(id), strings.edit).draw())
            .child(link(Purpose::Delete(id), strings.delete).draw())
            .child(element("span", "aw-comment__left").text(left).draw());
    }
    Some(actions.child_some(focus(document, node)).draw())
}

/// The way to a comment's branch by itself, from where on it is hard to see in the whole.
fn focus(document: &Document, node: &Node) -> Option<AnyView> {
    let comment = &node.comment;
    let is_deep = comment.depth >= FOCUS_FROM_DEPTH && comment.reply_count > 0;
    let link = || element("a", "aw-button").with("href", document.branch_url(comment.id));
    is_deep.then(|| link().text(document.lang.strings().document_focus).draw())
}

/// The way to siblings that are not shown.
fn more_row(document: &Document, parent_id: Option<CommentId>, depth: u16) -> Option<AnyView> {
    let strings = document.lang.strings();
    let siblings = document.state.children(parent_id)?;
    let cursor = &siblings.more.as_ref()?.cursor;
    let hidden_count = match parent_id.and_then(|id| document.state.comment(id)) {
        Some(parent) => parent.reply_count.saturating_sub(u32::try_from(siblings.ids().count()).unwrap_or(u32::MAX)),
        None => Children::hidden_count(siblings),
    };
    let plurals = if parent_id.is_some() { &strings.more_replies } else { &strings.more_comments };
    let text = match (hidden_count, parent_id) {
        // Further on in a branch nobody counted what came before, nor on from a date.
        (_, Some(id)) if document.is_further_on_below(id) => document_dates::onward(document).to_owned(),
        (0, None) => document_dates::onward(document).to_owned(),
        // Of replies it is known that none is left.
        (0, Some(_)) => return None,
        _ => counted(plurals, document.lang, hidden_count),
    };
    let link = element("a", "aw-button").with("href", document.more_url(parent_id, cursor));
    let link = link.with_some("rel", parent_id.is_none().then(|| "next".to_owned())).text(text).draw();
    Some(row("aw-row aw-row--more", depth).child(link).draw())
}
