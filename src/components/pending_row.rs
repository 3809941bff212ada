//! A comment on its way to the server.

use super::comment_list::row;
use super::element::{Drawn, button, element, nothing};
use crate::actions::Thread;
use crate::browser::tab;
use crate::state::{PendingComment, PendingStatus};
use leptos::prelude::*;

/// The text as typed, and how the sending stands.
pub fn pending_row(thread: Thread, number: u32, depth: u16) -> AnyView {
    let Some(pending) = thread.state.with_untracked(|state| state.pending(number).cloned()) else { return nothing() };
    let class = match pending.status {
        PendingStatus::Sending => "aw-comment aw-comment--pending aw-comment--sending",
        PendingStatus::NotSent | PendingStatus::Refused => "aw-comment aw-comment--pending aw-comment--failed",
    };
    let status = status(thread, &pending);
    let head = element("header", "aw-comment__head")
        .child(element("span", "aw-comment__author").with("dir", "auto").text(pending.fields.name.clone()).draw())
        .child(element("span", "aw-badge").text(thread.strings().you).draw());
    let body = element("div", "aw-comment__body aw-comment__body--typed").with("dir", "auto").text(pending.body_markdown);
    let article = element("article", class).with("aria-label", pending.fields.name);
    row("aw-row", depth)
        .with("id", format!("pending-{number}"))
        .with("data-pending", number.to_string())
        .with("tabindex", "-1")
        .child(article.child(head.draw()).child(body.draw()).child(status.draw()).draw())
        .draw()
}

/// Why it is not posted yet, and what can be done about it. Nothing can while it is on its way.
fn status(thread: Thread, pending: &PendingComment) -> Drawn {
    let strings = thread.strings();
    let line = element("div", "aw-comment__actions");
    if pending.is_asking_to_delete {
        return line
            .child(element("span", "aw-comment__question").text(strings.really_delete).draw())
            .child(button("confirm-delete", "aw-button").text(strings.delete).draw())
            .child(button("keep", "aw-button").text(strings.keep).draw());
    }
    let sentence = match (pending.status, &pending.reason) {
        (PendingStatus::Sending, _) => strings.sending,
        (_, Some(reason)) => reason,
        (_, None) if tab::is_offline() => strings.waits_offline,
        (_, None) => strings.not_sent,
    };
    let line = line.child(element("span", "aw-comment__status").text(sentence.to_owned()).draw());
    if pending.status == PendingStatus::Sending {
        return line;
    }
    line.child(button("retry", "aw-button").text(strings.retry).draw())
        .child(button("take-back", "aw-button").text(strings.back_to_form).draw())
        .child(button("delete", "aw-button").text(strings.delete).draw())
}
