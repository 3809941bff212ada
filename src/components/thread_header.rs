//! The count as a heading, and the choice of order.

use super::element::{Drawn, button, element, live, nothing};
use super::search_box::search_box;
use crate::actions::Thread;
use crate::browser::intl::counted;
use afterword_wire::Sort;
use leptos::prelude::*;

/// The head of the thread. A document without scripts (`can_write` false) gets no control that would do nothing.
pub fn thread_header(thread: Thread, can_write: bool) -> AnyView {
    let strings = thread.strings();
    let count = move || {
        let count = thread.state.with(|state| state.comment_count);
        let text = if count == 0 { strings.comments.to_owned() } else { counted(&strings.comment_count, thread.lang(), count) };
        text.into_any()
    };
    let heading = element("h2", "aw-header__count")
        .with("part", "heading")
        .with("id", "aw-heading")
        .with("tabindex", "-1")
        .child(live(count));
    let header = element("header", "aw-header").with("part", "header").child(heading.draw());
    let new_count = Memo::new(move |_| thread.state.with(|state| state.waiting_count(None)));
    let new = move || match new_count.get() {
        0 => nothing(),
        count => button("show-new", "aw-new").text(counted(&strings.new_comments, thread.lang(), count)).draw(),
    };
    header
        .child(live(new))
        .child_some(can_write.then(|| search_box(thread)).flatten())
        .child_some(can_write.then(|| sort_choice(thread)))
        .draw()
}

/// The orders to choose from; the thread's one listener hears the choice (see `gestures`).
fn sort_choice(thread: Thread) -> AnyView {
    let strings = thread.strings();
    let shown = thread.state.with_untracked(|state| state.sort);
    let choice = element("select", "aw-header__sort").with("data-act", "sort").with("aria-label", strings.sort_label);
    let options =
        [(Sort::Oldest, strings.sort_oldest), (Sort::Newest, strings.sort_newest), (Sort::Replies, strings.sort_replies)];
    let with_option = |choice: Drawn, (sort, label): (Sort, &'static str)| {
        let selected = (sort == shown).then(String::new);
        choice.child(element("option", "").with("value", sort.as_str()).with_some("selected", selected).text(label).draw())
    };
    options.into_iter().fold(choice, with_option).draw()
}
