//! The whole thread: header, composer, list, and what screen readers are told.

use super::comment_form::comment_form;
use super::comment_list::comment_list;
use super::element::element;
use super::gestures;
use super::thread_header::thread_header;
use crate::actions::Thread;
use crate::browser::heading;
use crate::state::FormKey;
use leptos::prelude::*;

/// The thread. With `can_write` false it is only to be read: for a document that has no scripts.
pub fn thread_view(thread: Thread, can_write: bool) -> impl IntoView {
    let strings = thread.strings();
    if cfg!(target_arch = "wasm32") {
        thread.after_drawing(Box::new(|element| heading::fit_level(element)));
    }
    let is_closed = Memo::new(move |_| thread.state.with(|state| state.is_closed));
    let is_empty = Memo::new(move |_| thread.state.with(|state| state.rows().is_empty()));
    let notice = move || thread.notice.get().map(|sentence| element("p", "aw-notice").text(sentence).draw());
    let composer = move || match (is_closed.get(), can_write) {
        (true, _) => element("p", "aw-notice").text(strings.thread_is_closed).draw(),
        (false, true) => comment_form(thread, FormKey::Root),
        (false, false) => ().into_any(),
    };
    // Empty where there are no keys: the server, which does not know, has kept the same room.
    let keys = thread.shortcut(strings.keys_hint).unwrap_or_default();
    let hint = can_write.then(|| element("p", "aw-keys").text(keys).draw());
    let empty = move || is_empty.get().then(|| element("p", "aw-empty").text(strings.be_the_first).draw());
    view! {
        <section
            class="aw-thread"
            aria-labelledby="aw-heading"
            on:click=move |event| gestures::click(thread, &event)
            on:pointermove=move |event| gestures::point(thread, &event)
            on:keydown=move |event| gestures::key(thread, &event)
            on:change=move |event| gestures::choose(thread, &event)
        >
            {thread_header(thread, can_write)}
            <div role="status">{notice.into_any()}</div>
            {composer.into_any()}
            {empty.into_any()}
            {hint}
            {comment_list(thread, can_write)}
            <p class="aw-hidden" role="status" aria-live="polite">{move || thread.announcement.get()}</p>
        </section>
    }
}
