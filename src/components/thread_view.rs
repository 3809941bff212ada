//! The whole thread: header, composer, list, and what screen readers are told.

use super::comment_form::comment_form;
use super::comment_list::comment_list;
use super::gestures;
use super::thread_header::thread_header;
use crate::actions::Thread;
use crate::state::FormKey;
use leptos::prelude::*;

/// The thread. With `can_write` false it is only to be read: for a document that has no scripts.
pub fn thread_view(thread: Thread, can_write: bool) -> impl IntoView {
    let strings = thread.strings();
    let is_closed = Memo::new(move |_| thread.state.with(|state| state.is_closed));
    let is_empty = Memo::new(move |_| thread.state.with(|state| state.rows().is_empty()));
    view! {
        <section
            class="aw-thread"
            aria-labelledby="aw-heading"
            on:click=move |event| gestures::click(thread, &event)
            on:pointermove=move |event| gestures::point(thread, &event)
            on:keydown=move |event| gestures::key(thread, &event)
        >
            {thread_header(thread)}
            {move || thread.notice.get().map(|sentence| view! { <p class="aw-notice" role="status">{sentence}</p> })}
            {move || {
                if is_closed.get() {
                    view! { <p class="aw-notice">{strings.thread_is_closed}</p> }.into_any()
                } else if can_write {
                    comment_form(thread, FormKey::Root)
                } else {
                    ().into_any()
                }
            }}
            {move || is_empty.get().then(|| view! { <p class="aw-empty">{strings.be_the_first}</p> })}
            {comment_list(thread, can_write)}
            <p class="aw-hidden" role="status" aria-live="polite">{move || thread.announcement.get()}</p>
        </section>
    }
}
