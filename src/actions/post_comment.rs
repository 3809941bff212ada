//! Posts a comment or reply: on screen at once, on the server exactly once, and kept until the server has it.

use super::{Thread, draft_of, explain_failure, keep_draft};
use crate::api::{self, ApiFailure};
use crate::browser::{clock, random};
use crate::state::{FormKey, FormText, PendingComment, PendingStatus, ThreadState};
use afterword_wire::{CommentId, NewComment, Written};
use leptos::prelude::*;

/// Waits before trying again by itself; then the reader decides.
const RETRY_AFTER_MS: [u32; 4] = [1_500, 4_000, 10_000, 30_000];

/// Takes a checked form's text, shows it as a pending comment and sends it.
pub fn post_comment(thread: Thread, parent_id: Option<CommentId>, text: FormText) {
    let mut viewer = thread.identified_viewer();
    viewer.fields = text.fields.clone();
    thread.remember_viewer(viewer);
    let pending = PendingComment {
        number: 0,
        request_id: random::request_id(clock::now_ms()),
        parent_id,
        body_markdown: text.body,
        fields: text.fields,
        status: PendingStatus::Sending,
        version: 0,
    };
    let form = parent_id.map_or(FormKey::Root, FormKey::Reply);
    let number = thread.change(|state| {
        state.close_form(form);
        state.add_pending(pending)
    });
    let Some(number) = number else { return };
    keep_all_pending(thread);
    keep_draft(thread, form, "");
    thread.focus(vec![format!("#pending-{number}")]);
    send(thread, number, 0);
}

/// Sends a pending comment again, under the same request id.
pub fn retry_pending(thread: Thread, number: u32) {
    thread.change(|state| state.set_pending_status(number, PendingStatus::Sending));
    thread.announce(thread.strings().sending);
    send(thread, number, 0);
}

/// Puts a pending comment's text back into its form, to be changed: it becomes another write.
pub fn take_back_pending(thread: Thread, number: u32) {
    let Some(pending) = thread.change(|state| state.remove_pending(number)).flatten() else { return };
    keep_all_pending(thread);
    let is_parent_here = |id| thread.state.with_untracked(|state| state.comment(id).is_some_and(|parent| !parent.is_deleted()));
    // A reply whose parent is gone becomes a draft of the composer: the text must not be lost with it.
    let form = pending.parent_id.filter(|id| is_parent_here(*id)).map_or(FormKey::Root, FormKey::Reply);
    // What was begun there meanwhile stays, before it.
    let begun = draft_of(thread, form).filter(|begun| !begun.trim().is_empty());
    let body = begun.map_or(pending.body_markdown.clone(), |begun| [&begun, "\n\n", &pending.body_markdown].concat());
    keep_draft(thread, form, &body);
    if let FormKey::Reply(id) = form {
        thread.change(|state| state.open_reply(id));
    }
    thread.after_drawing(Box::new(move |element| {
        let selector = format!("form[data-form='{}']", form.as_text());
        if let Ok(Some(form)) = element.query_selector(&selector) {
            crate::browser::form_fields::write(&form, &FormText { body, fields: pending.fields });
        }
    }));
    thread.focus(vec![Thread::body_selector(form)]);
}

/// Brings back what was not acknowledged when the page was left, and sends it: the request id makes that safe.
pub fn restore_pending(thread: Thread) {
    let kept: Vec<PendingComment> = thread.kept(&pending_key(thread)).unwrap_or_default();
    for pending in kept {
        let number = thread.change(|state| state.add_pending(pending));
        number.into_iter().for_each(|number| retry_pending(thread, number));
    }
}

/// Sends what did not get through, now that the network may be back.
pub fn retry_unsent(thread: Thread) {
    let is_unsent = |pending: &&PendingComment| pending.status == PendingStatus::NotSent;
    let unsent = |state: &ThreadState| state.pending.iter().filter(is_unsent).map(|pending| pending.number).collect::<Vec<_>>();
    thread.state.with_untracked(unsent).into_iter().for_each(|number| retry_pending(thread, number));
}

fn send(thread: Thread, number: u32, attempt: usize) {
    let Some(pending) = thread.state.with_untracked(|state| state.pending(number).cloned()) else { return };
    let secret = thread.identified_viewer().secret;
    let config = thread.config();
    let comment = NewComment {
        request_id: pending.request_id,
        page: config.page(),
        parent_id: pending.parent_id,
        body_markdown: pending.body_markdown,
        author: pending.fields,
    };
    api::create_comment(&config, &secret, &comment, move |answer| match answer {
        Ok(written) => acknowledge(thread, number, written),
        Err(ApiFailure::Unreachable) => try_again_later(thread, number, attempt),
        Err(failure) => fail(thread, number, &failure),
    });
}

fn acknowledge(thread: Thread, number: u32, written: Written) {
    // Two attempts may both be answered; the comment is one, and so is the news of it.
    if thread.state.with_untracked(|state| state.pending(number).is_none()) {
        return;
    }
    let id = written.comment.id;
    let mut viewer = thread.identified_viewer();
    viewer.author_id = Some(written.author_id);
    thread.remember_viewer(viewer);
    thread.report("afterword:comment-created", &written.comment);
    let had_focus = thread
        .element()
        .and_then(|element| crate::browser::focus::place_of_focus(&element))
        .is_some_and(|place| place.starts_with(&format!("#pending-{number}")));
    thread.change(|state| {
        state.remove_pending(number);
        state.insert_written(written);
    });
    keep_all_pending(thread);
    thread.announce(thread.strings().posted);
    if had_focus {
        thread.focus(vec![format!("#comment-{id}")]);
    }
}

fn try_again_later(thread: Thread, number: u32, attempt: usize) {
    thread.change(|state| state.set_pending_status(number, PendingStatus::NotSent));
    if attempt == 0 {
        thread.announce(thread.strings().not_sent);
        thread.report_failure(&ApiFailure::Unreachable);
    }
    let Some(wait_ms) = RETRY_AFTER_MS.get(attempt) else { return };
    clock::after_ms(*wait_ms, move || {
        let is_waiting = thread
            .state
            .try_with_untracked(|state| state.pending(number).is_some_and(|pending| pending.status == PendingStatus::NotSent));
        if is_waiting == Some(true) {
            send(thread, number, attempt + 1);
        }
    });
}

fn fail(thread: Thread, number: u32, failure: &ApiFailure) {
    let sentence = explain_failure(thread, failure);
    thread.announce(&sentence);
    thread.report_failure(failure);
    thread.change(|state| state.set_pending_status(number, PendingStatus::Refused(sentence)));
}

fn pending_key(thread: Thread) -> String {
    format!("pending:{}", thread.config().page_key)
}

fn keep_all_pending(thread: Thread) {
    let pending = thread.state.with_untracked(|state| state.pending.clone());
    if pending.is_empty() {
        thread.storage().remove(&pending_key(thread));
    } else {
        thread.keep(&pending_key(thread), &pending);
    }
}
