//! Unsent text outlives the page, and no tab overwrites another's: see [`crate::state::DraftKey`] for the rule.

use super::Thread;
use crate::browser::tab;
use crate::state::{DraftKey, FormKey};
use leptos::prelude::*;

/// What was typed into a form before and not sent: in this tab, or else in others that left it.
#[must_use]
pub fn draft_of(thread: Thread, form: FormKey) -> Option<String> {
    let (storage, key) = (thread.storage(), key_of(thread, form));
    let mut tabs = vec![tab::id()];
    if storage.get(&key.of_tab(&tabs[0])).is_none() {
        tabs = storage.keys(&key.0);
    }
    let mut draft: Option<String> = None;
    for tab in tabs.iter().filter(|tab| DraftKey::is_tab(tab)) {
        let name = key.of_tab(tab);
        let Some(text) = storage.get(&name) else { continue };
        thread.state.update_untracked(|state| state.drafts.note(&name, &text));
        draft = Some(draft.map_or(text.clone(), |draft| [&draft, "\n\n", &text].concat()));
    }
    draft
}

/// Keeps what is typed into a form; an empty text forgets it.
pub fn keep_draft(thread: Thread, form: FormKey, body: &str) {
    let (storage, key) = (thread.storage(), key_of(thread, form));
    let mut own = key.of_tab(&tab::id());
    let stored = storage.get(&own);
    if thread.state.with_untracked(|state| state.drafts.is_changed(&own, stored.as_deref())) {
        // Another tab writes under this tab's id (one of the two was duplicated), or it stood there unread: it stays.
        own = key.of_tab(&tab::renew());
    }
    let mut shown = Vec::new();
    thread.state.update_untracked(|state| {
        shown = state.drafts.take_shown(&key, &own);
        state.drafts.note(&own, body);
    });
    // What other tabs had left was shown in the form: it is in this text, or was taken out of it.
    for (name, text) in shown {
        if storage.get(&name).as_ref() == Some(&text) {
            storage.remove(&name);
        }
    }
    if body.is_empty() {
        storage.remove(&own);
    } else {
        thread.keep_text(&own, body);
    }
}

fn key_of(thread: Thread, form: FormKey) -> DraftKey {
    DraftKey::new(&thread.config().page_key, form)
}
