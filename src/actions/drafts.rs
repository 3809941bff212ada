//! Unsent text outlives the page.

use super::Thread;
use crate::state::{DraftKey, FormKey};

/// What was typed into a form before and not sent.
#[must_use]
pub fn draft_of(thread: Thread, form: FormKey) -> Option<String> {
    thread.storage().get(&DraftKey::new(&thread.config().page_key, form).0)
}

/// Keeps what is typed into a form; an empty text forgets it.
pub fn keep_draft(thread: Thread, form: FormKey, body: &str) {
    let key = DraftKey::new(&thread.config().page_key, form);
    if body.is_empty() {
        thread.storage().remove(&key.0);
    } else {
        thread.keep_text(&key.0, body);
    }
}
