//! The comments as one flat list of rows, in reading order.

use super::comment_form::comment_form;
use super::comment_row::comment_row;
use super::element::{Drawn, element, live};
use super::more_row::more_row;
use super::pending_row::pending_row;
use crate::actions::Thread;
use crate::state::{FormKey, Row, RowKey};
use leptos::prelude::*;

/// The depth from which rows stop moving in. On narrow screens the style sheet stops them earlier.
const MAX_SHOWN_DEPTH: u16 = 7;

/// The list. Rows are drawn once and replaced when their version changes. When rows on screen would change places the whole
/// list is drawn anew: a keyed list that moves and inserts in one step can misplace rows.
pub fn comment_list(thread: Thread, can_write: bool) -> AnyView {
    let generation = Memo::new(move |_| thread.state.with(|state| state.generation()));
    let rows = Memo::new(move |_| thread.state.with(|state| state.rows()));
    let shortcuts = thread.shortcut("j k").unwrap_or_default();
    live(move || {
        generation.track();
        let rows = view! { <For each=move || rows.get() key=|row| *row children=move |row| draw(thread, row, can_write)/> };
        // Said outright: one browser engine takes a list without markers for no list.
        let list = element("ol", "aw-list").with("role", "list").with("aria-keyshortcuts", shortcuts);
        list.child(rows.into_any()).draw()
    })
}

fn draw(thread: Thread, row: Row, can_write: bool) -> AnyView {
    match row.key {
        RowKey::Comment(id) => comment_row(thread, id, can_write),
        RowKey::Pending(number) => pending_row(thread, number, row.depth),
        RowKey::More(parent_id) => more_row(thread, parent_id, row.depth, can_write),
        RowKey::Reply(id) => form_row(thread, FormKey::Reply(id), row.depth),
        RowKey::Edit(id) => form_row(thread, FormKey::Edit(id), row.depth),
    }
}

fn form_row(thread: Thread, key: FormKey, depth: u16) -> AnyView {
    row("aw-row aw-row--form", depth).child(comment_form(thread, key)).draw()
}

/// An empty row that stands as deep as it may.
pub fn row(class: &'static str, depth: u16) -> Drawn {
    element("li", class).with("data-depth", depth.min(MAX_SHOWN_DEPTH).to_string())
}
