//! Brings a thread that came with the page's own HTML up to date.

use super::Thread;
use crate::api;
use leptos::prelude::*;

/// Asks whether the page is older than the thread, and if so for the first comments as they are now. Nothing is said or lost if
/// the server does not answer: what is shown was true when the page was made.
pub fn catch_up(thread: Thread) {
    api::count_comments(&thread.config(), move |answer| {
        let count = answer.ok().and_then(|counts| Some(counts.counts.first()?.comment_count));
        let shown = thread.state.try_with_untracked(|state| (state.comment_count, state.sort));
        let (Some(count), Some((shown, sort))) = (count, shown) else { return };
        if count != shown {
            api::read_slice(&thread.config(), sort, None, move |answer| {
                answer.into_iter().for_each(|slice| _ = thread.change(|state| state.restart(slice)));
            });
        }
    });
}
