//! The search in the thread: a small button, and behind it a field, the results, and the way from one to the next.

use super::element::{button, element, live, nothing};
use super::sanitized_html::{SanitizedHtml, found_html};
use crate::actions::{self, Thread};
use crate::browser::hits;
use afterword_wire::limits::MAX_SEARCH_CHARS;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// From how many comments on the thread has a search: fewer are seen at a glance.
pub(crate) const WORTH_SEARCHING_FROM: u32 = 20;

/// The button, or what it has opened. A short thread has none.
pub fn search_box(thread: Thread) -> Option<AnyView> {
    let is_worth = thread.state.with_untracked(|state| state.comment_count) >= WORTH_SEARCHING_FROM;
    let is_open = RwSignal::new(false);
    is_worth.then(|| live(move || if is_open.get() { panel(thread, is_open) } else { opener(thread, is_open) }))
}

fn opener(thread: Thread, is_open: RwSignal<bool>) -> AnyView {
    let open = move |_| {
        is_open.set(true);
        thread.focus(vec![".aw-search__field".to_owned()]);
    };
    button("search", "aw-button").on("click", open).text(thread.strings().search).draw()
}

fn panel(thread: Thread, is_open: RwSignal<bool>) -> AnyView {
    let strings = thread.strings();
    let (latest, found) = (RwSignal::new(String::new()), RwSignal::new(None));
    let close = move || {
        is_open.set(false);
        thread.focus(vec!["[data-act=search]".to_owned()]);
    };
    let search = move |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        field.into_iter().for_each(|field| actions::search_comments(thread, field.value(), latest, found));
    };
    let key = move |event: Event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            close();
        }
    };
    let step = move |is_back| thread.element().into_iter().for_each(|element| hits::step(&element, is_back));
    let submit = move |event: Event| {
        event.prevent_default();
        step(false);
    };
    let field = element("input", "aw-search__field")
        .with("type", "search")
        .with("name", "q")
        .with("maxlength", MAX_SEARCH_CHARS.to_string())
        .with("aria-label", strings.search)
        .on("input", search);
    let go = |is_back, sign, label| {
        let step = move |_| step(is_back);
        element("button", "aw-button").with("type", "button").with("aria-label", label).on("click", step).text(sign).draw()
    };
    let results = move || found.get().map_or_else(nothing, |html: String| found_html(SanitizedHtml::from_server(&html)));
    element("form", "aw-search")
        .with("role", "search")
        .on("submit", submit)
        .on("keydown", key)
        .child(field.draw())
        .child(go(true, "\u{2191}", strings.previous_match))
        .child(go(false, "\u{2193}", strings.next_match))
        .child(element("button", "aw-button").with("type", "button").on("click", move |_| close()).text(strings.cancel).draw())
        .child(live(results))
        .draw()
}
