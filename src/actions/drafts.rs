//! Unsent text outlives the page, and no tab overwrites another's: see [`crate::state::DraftKey`] for the rule.

use super::Thread;
use crate::browser::tab;
use crate::state::{DraftKey, FormKey};
use leptos::prelude::*;

/// What was typed into a form before and not sent: in this tab, or else in others that left it.
#[must_use]
pub fn draft_of(thread: Thread, form: FormKey) -> Option<String> {
    let (storage, key) = (thread.storage(), key_of(thread, form));
    let own = key.of_tab(&tab::id());
    let names = match storage.get(&own) {
        Some(_) => vec![own],
        None => storage.keys(&key.0).into_iter().filter(|name| key.names(name)).collect(),
    };
    let texts: Vec<_> = names.into_iter().filter_map(|name| Some((storage.get(&name)?, name))).collect();
    thread.state.update_untracked(|state| texts.iter().for_each(|(text, name)| state.drafts.note(name, text)));
    let texts: Vec<_> = texts.into_iter().map(|(text, _)| text).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// Keeps what is typed into a form; an empty text forgets it.
pub fn keep_draft(thread: Thread, form: FormKey, body: &str) {
    let (storage, key) = (thread.storage(), key_of(thread, form));
    let is_changed = |name: &str| {
        let stored = storage.get(name);
        thread.state.with_untracked(|state| state.drafts.is_changed(name, stored.as_deref()))
    };
    let mut own = key.of_tab(&tab::id());
    if is_changed(&own) {
        // Another tab writes under this tab's id (one of the two was duplicated), or it stood there unread: it stays.
        own = key.of_tab(&tab::renew());
    }
    // What other tabs had left was shown in the form: it is in this text, or was taken out of it.
    for name in thread.state.with_untracked(|state| state.drafts.shown(&key, &own)) {
        if !is_changed(&name) {
            storage.remove(&name);
        }
        thread.state.update_untracked(|state| state.drafts.forget(&name));
    }
    if body.is_empty() {
        storage.remove(&own);
        thread.state.update_untracked(|state| state.drafts.forget(&own));
    } else {
        thread.keep_text(&own, body);
        thread.state.update_untracked(|state| state.drafts.note(&own, body));
    }
}

fn key_of(thread: Thread, form: FormKey) -> DraftKey {
    DraftKey::new(&thread.config().page_key, form)
}
