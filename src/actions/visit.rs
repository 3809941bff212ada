//! What is new since the reader was here last. The device alone knows: nothing of it is sent to anybody.

use super::Thread;
use super::open_permalink::go_to;
use crate::browser::clock;
use crate::browser::intl::counted;
use crate::state::Visit;
use afterword_wire::CommentId;
use leptos::prelude::*;

/// One text for all pages of the site: see [`Visit::find`].
const KEY: &str = "visits";

/// The last comment that was there on the reader's last visit. None on a first visit, nor where the page wants no marks.
#[must_use]
pub fn seen_before(thread: Thread) -> Option<CommentId> {
    go_on(thread, None)
}

/// Keeps that the reader has seen what is there by now. `as_of` is where the log of changes stood when the page was loaded. Where the
/// browser keeps nothing, nothing is said: nobody loses anything by it.
pub fn keep_visit(thread: Thread, as_of: Option<CommentId>) {
    if let Some(newest) = thread.state.try_with_untracked(|state| state.newest_known(clock::now_ms())) {
        go_on(thread, Some(newest).max(as_of));
    }
}

/// Goes to the next new comment from one, or from where the last such step led.
pub fn go_to_next_new(thread: Thread, from: Option<CommentId>) {
    match thread.change(|state| state.step_to_new(from)).flatten() {
        Some(id) => go_to(thread, id),
        None => thread.announce(&counted(&thread.strings().new_count, thread.lang(), 0)),
    }
}

/// What was there before the visit of this moment; with what is there by now, that is kept.
fn go_on(thread: Thread, until: Option<CommentId>) -> Option<CommentId> {
    let config = thread.config();
    if !config.marks_new() {
        return None;
    }
    let storage = thread.storage();
    let (kept, others) = Visit::find(&storage.get(KEY).unwrap_or_default(), &config.page_key);
    let visit = Visit::go_on(kept, clock::now_ms(), until.unwrap_or(CommentId(0)));
    if until.is_some() {
        storage.set(KEY, &[&visit.to_text(&config.page_key), &*others].concat());
    }
    visit.before()
}
