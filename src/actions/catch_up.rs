//! Brings a thread that came with the page's own HTML up to date.

use super::Thread;
use crate::api;
use leptos::prelude::*;

/// Asks for the first comments again, and shows them where the page is older than the thread. Nothing is said or lost if the
/// server does not answer: what is shown was true when the page was made.
pub fn catch_up(thread: Thread) {
    let sort = thread.state.with_untracked(|state| state.sort);
    api::read_slice(&thread.config(), sort, None, move |answer| {
        let Ok(slice) = answer else { return };
        if thread.state.with_untracked(|state| state.comment_count != slice.comment_count) {
            thread.change(|state| state.restart(slice));
        }
    });
}
