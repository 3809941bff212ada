//! Changes one's own comment.

use super::{Thread, explain_failure, keep_draft};
use crate::api;
use crate::browser::{clock, random};
use crate::state::FormKey;
use afterword_wire::{CommentId, EditComment};
use wasm_bindgen_futures::spawn_local;

/// Opens a comment for editing, from what its author typed.
pub fn open_edit(thread: Thread, id: CommentId) {
    let secret = thread.identified_viewer().secret;
    thread.change(|state| state.note_failure(id, None));
    spawn_local(async move {
        match api::read_source(&thread.config(), &secret, id).await {
            Ok(source) => {
                thread.change(|state| state.open_edit(id, source.body_markdown));
                thread.focus(vec![Thread::body_selector(FormKey::Edit(id))]);
            }
            Err(failure) => {
                let sentence = explain_failure(thread, &failure);
                thread.announce(&sentence);
                thread.change(|state| state.note_failure(id, Some(sentence)));
            }
        }
    });
}

/// Sends a changed body. On failure the form stays as it is and `on_failure` gets the sentence that says why.
pub fn save_edit(thread: Thread, id: CommentId, body_markdown: String, on_failure: impl FnOnce(String) + 'static) {
    let secret = thread.identified_viewer().secret;
    let edit = EditComment { request_id: random::request_id(clock::now_ms()), body_markdown };
    spawn_local(async move {
        match api::edit_comment(&thread.config(), &secret, id, &edit).await {
            Ok(written) => {
                keep_draft(thread, FormKey::Edit(id), "");
                thread.change(|state| state.replace_written(written));
                thread.announce(thread.strings().saved);
                thread.focus(vec![format!("#comment-{id} [data-act=edit]"), format!("#comment-{id}")]);
            }
            Err(failure) => {
                let sentence = explain_failure(thread, &failure);
                thread.report("afterword:request-failed", &sentence);
                on_failure(sentence);
            }
        }
    });
}
