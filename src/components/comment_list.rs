//! The comments as one flat list of rows, in reading order.

use super::away_row::away_row;
use super::comment_form::comment_form;
use super::comment_row::comment_row;
use super::element::{Drawn, element, live};
use super::more_row::more_row;
use super::pending_row::pending_row;
use super::row_list::keep_rows;
use crate::actions::Thread;
use crate::state::{FormKey, Listed, Row, RowKey};
use leptos::prelude::*;

/// The depth from which rows stop moving in. On narrow screens the style sheet stops them earlier.
const MAX_SHOWN_DEPTH: u16 = 7;

/// The list. Rows are drawn once and replaced when their version changes. When rows on screen would change places the whole
/// list is drawn anew.
pub fn comment_list(thread: Thread, can_write: bool) -> AnyView {
    let generation = Memo::new(move |_| thread.state.with(|state| state.generation()));
    let rows = Memo::new(move |_| thread.state.with(|state| state.rows()));
    let listed = Memo::new(move |_| {
        thread.away.track();
        // What it notes is which rows it has just listed; nobody has to hear of that.
        rows.with(|rows| thread.away.try_update_untracked(|away| away.list(rows))).unwrap_or_default()
    });
    let shortcuts = thread.shortcut("j k").unwrap_or_default();
    live(move || {
        generation.track();
        // Said outright: one browser engine takes a list without markers for no list.
        let list = element("ol", "aw-list").with("role", "list").with("aria-keyshortcuts", shortcuts);
        if cfg!(target_arch = "wasm32") {
            return list.filled(move |list| keep_rows(list, listed, move |listed| draw(thread, listed, can_write))).draw();
        }
        rows.get().into_iter().fold(list, |list, row| list.child(draw_row(thread, row, can_write))).draw()
    })
}

fn draw(thread: Thread, listed: Listed, can_write: bool) -> AnyView {
    match listed {
        Listed::Row(row) => draw_row(thread, row, can_write),
        Listed::Segment(number) => away_row(thread, number),
    }
}

fn draw_row(thread: Thread, row: Row, can_write: bool) -> AnyView {
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
