//! A comment on its way to the server.

use super::comment_list::MAX_SHOWN_DEPTH;
use crate::actions::Thread;
use crate::state::PendingStatus;
use leptos::prelude::*;

/// The text as typed, and how the sending stands.
pub fn pending_row(thread: Thread, number: u32, depth: u16) -> AnyView {
    let Some(pending) = thread.state.with_untracked(|state| state.pending(number).cloned()) else { return ().into_any() };
    let strings = thread.strings();
    let name = pending.fields.name;
    let label = name.clone();
    let is_failed = pending.status != PendingStatus::Sending;
    let sentence = match pending.status {
        PendingStatus::Sending => strings.sending.to_owned(),
        PendingStatus::NotSent => strings.not_sent.to_owned(),
        PendingStatus::Refused(sentence) => sentence,
    };
    let ways_out = is_failed.then(|| view! {
        <button type="button" class="aw-button" data-act="retry">{strings.retry}</button>
        <button type="button" class="aw-button" data-act="take-back">{strings.back_to_form}</button>
    });
    view! {
        <li class="aw-row" id=format!("pending-{number}") data-pending=number data-depth=depth.min(MAX_SHOWN_DEPTH) tabindex="-1">
            <article
                class="aw-comment aw-comment--pending"
                class:aw-comment--sending=!is_failed
                class:aw-comment--failed=is_failed
                aria-label=label
            >
                <header class="aw-comment__head">
                    <span class="aw-comment__author" dir="auto">{name}</span>
                    <span class="aw-badge">{strings.you}</span>
                </header>
                <div class="aw-comment__body aw-comment__body--typed" dir="auto">{pending.body_markdown}</div>
                <div class="aw-comment__actions"><span class="aw-comment__status">{sentence}</span>{ways_out}</div>
            </article>
        </li>
    }
    .into_any()
}
