//! The count as a heading, and the choice of order.

use super::element::element;
use crate::actions::{Thread, sort_thread};
use crate::browser::intl::counted;
use afterword_wire::Sort;
use leptos::prelude::*;

/// The head of the thread.
pub fn thread_header(thread: Thread) -> impl IntoView {
    let strings = thread.strings();
    let heading = move || {
        let count = thread.state.with(|state| state.comment_count);
        if count == 0 { strings.comments.to_owned() } else { counted(&strings.comment_count, thread.lang(), count) }
    };
    let choose = move |event: leptos::ev::Event| {
        if let Ok(sort) = event_target_value(&event).parse() {
            sort_thread(thread, sort);
        }
    };
    let sort = thread.state.with_untracked(|state| state.sort);
    let options = Sort::ALL.map(|each| {
        let label = match each {
            Sort::Oldest => strings.sort_oldest,
            Sort::Newest => strings.sort_newest,
            Sort::Replies => strings.sort_replies,
        };
        let option = element("option", "").with("value", each.as_str());
        option.with_some("selected", (each == sort).then(String::new)).text(label).draw()
    });
    view! {
        <header class="aw-header" part="header">
            <h2 class="aw-header__count" id="aw-heading" tabindex="-1">{heading}</h2>
            <select class="aw-header__sort" data-act="sort" aria-label=strings.sort_label on:change=choose>{Vec::from(options)}</select>
        </header>
    }
}
