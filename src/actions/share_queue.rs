//! Keeps the pending comments where they outlive the page and the other tabs see them, and hears what the other tabs did.

use super::Thread;
use super::send_queue::{go_on_sending, send_in_turn, send_now};
use crate::browser::{focus, json, tab};
use crate::state::{PendingComment, ThreadState};
use afterword_wire::{RequestId, Written};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, StorageEvent};

/// Under this name and its request id each pending comment is kept.
const PENDING: &str = "pending:";
/// Under this name a tab asks the one that sends to do it now.
pub const WAKE: &str = "wake:";
/// Under this name and the request id what was posted passes from tab to tab. Nothing stays there.
const POSTED: &str = "posted:";

/// Brings back what was not acknowledged when the page was left, and stays with it: other tabs, and a network that comes back.
pub fn follow_queue(thread: Thread) {
    sync_queue(thread);
    go_on_sending(thread);
    for event in ["storage", "online", "visibilitychange", "pageshow"] {
        let handle = window_event_listener_untyped(event, move |event| hear(thread, &event));
        on_cleanup(move || handle.remove());
    }
}

fn hear(thread: Thread, event: &Event) {
    if !thread.is_mounted() {
        return;
    }
    if let Some(event) = event.dyn_ref::<StorageEvent>() {
        return hear_other_tab(thread, event);
    }
    // A page that comes back from the browser's cache has heard nothing there.
    sync_queue(thread);
    if !tab::is_offline() && thread.state.with_untracked(|state| state.next_unsent().is_some()) {
        send_now(thread);
    }
}

fn hear_other_tab(thread: Thread, event: &StorageEvent) {
    // Without a key: all was cleared. This tab keeps what it has.
    let Some(key) = event.key() else { return };
    let (storage, text) = (thread.storage(), event.new_value());
    let is_there = text.is_some();
    let after = |what: &str| key.strip_prefix(&storage.full_name(&named(thread, what)));
    if let Some(request_id) = after(PENDING) {
        if !is_there {
            thread.change(|state| state.pending_number(request_id).and_then(|number| state.remove_pending(number)));
        }
        sync_queue(thread);
        go_on_sending(thread);
    } else if let Some(request_id) = after(POSTED) {
        let written: Option<Written> = text.and_then(|text| json::from_text(&text));
        written.into_iter().for_each(|written| take_posted(thread, request_id, written));
    } else if is_there && after(WAKE).is_some() {
        send_in_turn(thread);
    }
}

/// Tells every other tab something. Nothing of it stays.
pub fn tell(thread: Thread, what: &str, of: &str, text: &str) {
    let name = named(thread, what) + of;
    // Where nothing can be kept, nobody listens.
    thread.storage().set(&name, text);
    thread.storage().remove(&name);
}

/// Takes over what all tabs have in common.
pub fn sync_queue(thread: Thread) {
    let (storage, place) = (thread.storage(), named(thread, PENDING));
    let mut kept: Vec<PendingComment> = Vec::new();
    for request_id in storage.keys(&place) {
        // Page keys may hold anything, this one's beginning included: then what goes on here is no request id.
        let pending = thread.kept(&[&place, &*request_id].concat());
        kept.extend(pending.filter(|pending: &PendingComment| pending.request_id.as_str() == request_id));
    }
    thread.change(|state| state.sync_pending(kept));
}

/// Takes a comment into the queue of every tab.
pub fn keep_pending(thread: Thread, pending: &PendingComment) {
    thread.keep(&key_of(thread, &pending.request_id), pending);
}

/// Changes how pending comments stand, in every tab. For the one tab that sends.
pub fn change_queue(thread: Thread, change: &mut dyn FnMut(&mut ThreadState)) {
    sync_queue(thread);
    thread.change(change);
    let storage = thread.storage();
    // Who has written has a device secret; where that is gone too, the storage was cleared.
    let is_cleared = storage.get("viewer").is_none();
    thread.state.with_untracked(|state| {
        for pending in &state.pending {
            // What another tab has just given up must not come back from here.
            if is_cleared || storage.get(&key_of(thread, &pending.request_id)).is_some() {
                keep_pending(thread, pending);
            }
        }
    });
}

/// Forgets a pending comment, in every tab.
pub fn forget(thread: Thread, request_id: &RequestId) {
    thread.storage().remove(&key_of(thread, request_id));
}

/// A comment is posted: puts it in its place, here and in every other tab.
pub fn tell_posted(thread: Thread, request_id: &RequestId, written: Written) {
    let text = json::to_text(&written).unwrap_or_default();
    tell(thread, POSTED, request_id.as_str(), &text);
    forget(thread, request_id);
    let mut viewer = thread.identified_viewer();
    viewer.author_id = Some(written.author_id);
    thread.remember_viewer(viewer);
    thread.report("afterword:comment-created", &written.comment);
    take_posted(thread, request_id.as_str(), written);
}

fn take_posted(thread: Thread, request_id: &str, written: Written) {
    let number = thread.state.with_untracked(|state| state.pending_number(request_id));
    let id = written.comment.id;
    let had_focus = number.is_some_and(|number| {
        let place = thread.element().and_then(|element| focus::place_of_focus(&element));
        place.is_some_and(|place| place.starts_with(&format!("#pending-{number}")))
    });
    thread.change(|state| {
        number.and_then(|number| state.remove_pending(number));
        state.insert_written(written);
    });
    if number.is_some() {
        thread.announce(thread.strings().posted);
    }
    if had_focus {
        thread.focus(vec![format!("#comment-{id}")]);
    }
}

fn key_of(thread: Thread, request_id: &RequestId) -> String {
    named(thread, PENDING) + request_id.as_str()
}

fn named(thread: Thread, what: &str) -> String {
    [what, &thread.config().page_key, ":"].concat()
}
