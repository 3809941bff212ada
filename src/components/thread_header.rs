//! The count as a heading, and the choice of order.

use super::element::{Drawn, button, element, live, nothing};
use super::search_box::search_box;
use crate::actions::Thread;
use crate::browser::intl::counted;
use crate::state::ThreadState;
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
    // Beside the heading there is room for it whether it is there or not: what a reader alone sees comes after all others' thread.
    let unseen_count = counting(thread, ThreadState::new_count);
    let unseen = move || match unseen_count.get() {
        0 => nothing(),
        count => button("next-new", "aw-button aw-dot")
            .with("title", strings.new_since_last_visit)
            .with_some("aria-keyshortcuts", thread.shortcut("n"))
            .text(counted(&strings.new_count, thread.lang(), count))
            .draw(),
    };
    let unseen = element("div", "aw-header__unseen").child(live(unseen));
    let title = element("div", "aw-header__title").child(heading.draw()).child(unseen.draw());
    let header = element("header", "aw-header").with("part", "header").child(title.draw());
    let new_count = counting(thread, |state| state.waiting_count(None));
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

/// A number that what shows it follows only when it changes.
fn counting(thread: Thread, count: fn(&ThreadState) -> u32) -> Memo<u32> {
    Memo::new(move |_| thread.state.with(count))
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
