//! The whole thread: header, composer, list, and what screen readers are told.

use super::comment_form::comment_form;
use super::comment_list::comment_list;
use super::element::{element, live, nothing};
use super::gestures;
use super::thread_header::thread_header;
use crate::actions::Thread;
use crate::browser::heading;
use crate::state::FormKey;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The thread. With `can_write` false it is only to be read: for a document that has no scripts.
pub fn thread_view(thread: Thread, can_write: bool) -> AnyView {
    let strings = thread.strings();
    if cfg!(target_arch = "wasm32") {
        thread.after_drawing(Box::new(|element| heading::fit_level(element)));
    }
    let is_closed = Memo::new(move |_| thread.state.with(|state| state.is_closed));
    let is_empty = Memo::new(move |_| thread.state.with(|state| state.is_empty()));
    let notice = move || match thread.notice.get() {
        Some(sentence) => element("p", "aw-notice").text(sentence).draw(),
        None => nothing(),
    };
    let composer = move || match (is_closed.get(), can_write) {
        (true, _) => element("p", "aw-notice").text(strings.thread_is_closed).draw(),
        (false, true) => comment_form(thread, FormKey::Root),
        (false, false) => nothing(),
    };
    // Empty where there are no keys: the server, which does not know, has kept the same room.
    let keys = thread.shortcut(strings.keys_hint).unwrap_or_default();
    let hint = can_write.then(|| element("p", "aw-keys").text(keys).draw());
    let empty = move || if is_empty.get() { element("p", "aw-empty").text(strings.be_the_first).draw() } else { nothing() };
    let announcement = element("p", "aw-hidden").with("role", "status").with("aria-live", "polite");
    element("section", "aw-thread")
        .with("aria-labelledby", "aw-heading")
        .on("click", move |event| gestures::click(thread, event.unchecked_ref()))
        .on("pointermove", move |event| gestures::point(thread, event.unchecked_ref()))
        .on("keydown", move |event| gestures::key(thread, event.unchecked_ref()))
        .on("change", move |event| gestures::choose(thread, &event))
        .child(thread_header(thread, can_write))
        .child(element("div", "").with("role", "status").child(live(notice)).draw())
        .child(live(composer))
        .child(live(empty))
        .child_some(hint)
        .child(comment_list(thread, can_write))
        .child(announcement.child(live(move || thread.announcement.get().unwrap_or_default().into_any())).draw())
        .draw()
}
