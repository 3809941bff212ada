//! A comment on its way to the server.

use super::comment_list::row;
use super::element::{button, element};
use crate::actions::Thread;
use crate::state::PendingStatus;
use leptos::prelude::*;

/// The text as typed, and how the sending stands.
pub fn pending_row(thread: Thread, number: u32, depth: u16) -> AnyView {
    let Some(pending) = thread.state.with_untracked(|state| state.pending(number).cloned()) else { return ().into_any() };
    let strings = thread.strings();
    let (class, sentence) = match pending.status {
        PendingStatus::Sending => ("aw-comment aw-comment--pending aw-comment--sending", strings.sending.to_owned()),
        PendingStatus::NotSent => ("aw-comment aw-comment--pending aw-comment--failed", strings.not_sent.to_owned()),
        PendingStatus::Refused(ref sentence) => ("aw-comment aw-comment--pending aw-comment--failed", sentence.clone()),
    };
    let mut status = element("div", "aw-comment__actions").child(element("span", "aw-comment__status").text(sentence).draw());
    if pending.status != PendingStatus::Sending {
        status = status
            .child(button("retry", "aw-button").text(strings.retry).draw())
            .child(button("take-back", "aw-button").text(strings.back_to_form).draw());
    }
    let head = element("header", "aw-comment__head")
        .child(element("span", "aw-comment__author").with("dir", "auto").text(pending.fields.name.clone()).draw())
        .child(element("span", "aw-badge").text(strings.you).draw());
    let body = element("div", "aw-comment__body aw-comment__body--typed").with("dir", "auto").text(pending.body_markdown);
    let article = element("article", class).with("aria-label", pending.fields.name);
    row("aw-row", depth)
        .with("id", format!("pending-{number}"))
        .with("data-pending", number.to_string())
        .with("tabindex", "-1")
        .child(article.child(head.draw()).child(body.draw()).child(status.draw()).draw())
        .draw()
}
