//! Searches while somebody types.

use super::Thread;
use crate::api;
use crate::browser::clock;
use leptos::prelude::*;

/// How long nobody types before it is searched.
const PAUSE_MS: u32 = 250;

/// Searches for what was typed once typing pauses, and puts what the server painted into `found`. `latest` is what was typed last: an
/// answer to anything else is not shown.
pub fn search_comments(thread: Thread, typed: String, latest: RwSignal<String>, found: RwSignal<Option<String>>) {
    latest.set(typed.clone());
    clock::after_ms(PAUSE_MS, move || {
        // Also when the search was closed meanwhile.
        if latest.try_get_untracked().as_ref() != Some(&typed) {
            return;
        }
        let asked = typed.clone();
        api::search(&thread.config(), &typed, move |answer| {
            if latest.try_get_untracked().as_ref() == Some(&asked) {
                found.try_set(answer.ok());
            }
        });
    });
}
