//! Takes a comment or reply from its form into the queue: on screen at once, kept until the server has it, and changed or given
//! up as long as it is not on its way.

use super::send_queue::send_now;
use super::share_queue::{forget, keep_pending};
use super::{Thread, draft_of, keep_draft};
use crate::browser::{clock, form_fields, random};
use crate::state::{FormKey, FormText, PendingComment, PendingStatus};
use afterword_wire::CommentId;
use leptos::prelude::*;

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
        reason: None,
        is_asking_to_delete: false,
        version: 0,
    };
    let form = parent_id.map_or(FormKey::Root, FormKey::Reply);
    keep_pending(thread, &pending);
    // Its place in a full storage may be just what the comment needs: sending keeps it once more.
    keep_draft(thread, form, "");
    thread.change(|state| state.close_form(form));
    send_now(thread);
    let number = thread.state.with_untracked(|state| state.pending_number(pending.request_id.as_str()));
    thread.focus(number.map(|number| format!("#pending-{number}")).into_iter().collect());
}

/// Sends again, this one included if it was refused: under the same request ids.
pub fn retry_pending(thread: Thread, number: u32) {
    let refused = thread.state.with_untracked(|state| state.pending(number).cloned());
    if let Some(mut pending) = refused.filter(|pending| pending.status == PendingStatus::Refused) {
        pending.stand(PendingStatus::Sending, None);
        keep_pending(thread, &pending);
    }
    thread.announce(thread.strings().sending);
    send_now(thread);
}

/// Asks whether a pending comment is really to be deleted, or no longer; focus goes to the answer that keeps it, or back.
pub fn ask_to_delete_pending(thread: Thread, number: u32, is_asking: bool) {
    thread.change(|state| state.update_pending(number, |pending| pending.is_asking_to_delete = is_asking));
    let act = if is_asking { "keep" } else { "delete" };
    thread.focus(vec![format!("#pending-{number} [data-act={act}]")]);
}

/// Gives a pending comment up, and its text.
pub fn delete_pending(thread: Thread, number: u32) {
    if let Some(pending) = take_out(thread, number) {
        forget(thread, &pending.request_id);
        thread.announce(thread.strings().was_deleted);
        thread.focus(vec!["h2".to_owned()]);
    }
}

/// Puts a pending comment's text back into its form, to be changed: it becomes another write.
pub fn take_back_pending(thread: Thread, number: u32) {
    let Some(pending) = take_out(thread, number) else { return };
    let is_parent_here = |id| thread.state.with_untracked(|state| state.comment(id).is_some_and(|parent| !parent.is_deleted()));
    // A reply whose parent is gone becomes a draft of the composer: the text must not be lost with it.
    let form = pending.parent_id.filter(|id| is_parent_here(*id)).map_or(FormKey::Root, FormKey::Reply);
    // What was begun there meanwhile stays, before it.
    let begun = draft_of(thread, form).filter(|begun| !begun.trim().is_empty());
    let body = begun.map_or(pending.body_markdown.clone(), |begun| [&begun, "\n\n", &pending.body_markdown].concat());
    keep_draft(thread, form, &body);
    forget(thread, &pending.request_id);
    if let FormKey::Reply(id) = form {
        thread.change(|state| state.open_reply(id));
    }
    thread.after_drawing(Box::new(move |element| {
        let selector = format!("form[data-form='{}']", form.as_text());
        if let Ok(Some(form)) = element.query_selector(&selector) {
            form_fields::write(&form, &FormText { body, fields: pending.fields });
        }
    }));
    thread.focus(vec![Thread::body_selector(form)]);
}

/// Takes a comment out of the queue, unless it is on its way: then it may be posted already.
fn take_out(thread: Thread, number: u32) -> Option<PendingComment> {
    let is_waiting = |pending: &PendingComment| pending.status != PendingStatus::Sending;
    thread.state.with_untracked(|state| state.pending(number).filter(|pending| is_waiting(pending)).map(|_| ()))?;
    thread.change(|state| state.remove_pending(number)).flatten()
}
