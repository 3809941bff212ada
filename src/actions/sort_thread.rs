//! Reads the thread in another order.

use super::{Thread, explain_failure};
use crate::api;
use crate::browser::form_fields;
use crate::state::ThreadState;
use afterword_wire::Sort;
use leptos::prelude::*;

/// Loads the thread anew in an order. Of two wishes in a row the last one counts.
pub fn sort_thread(thread: Thread, sort: Sort) {
    let wish = thread.state.try_update_untracked(ThreadState::count_wish).unwrap_or_default();
    thread.announce(thread.strings().loading);
    api::read_slice(&thread.config(), sort, None, move |answer| {
        if thread.state.with_untracked(|state| state.wish_count() != wish) {
            return;
        }
        match answer {
            Ok(slice) => {
                thread.change(|state| state.restart(slice));
                thread.announce(thread.strings().loaded);
            }
            Err(failure) => {
                thread.announce(&explain_failure(thread, &failure));
                // The choice goes back to the order that is on screen.
                let shown = thread.state.with_untracked(|state| state.sort);
                thread.after_drawing(Box::new(move |element| form_fields::choose_sort(element, shown)));
            }
        }
    });
}
