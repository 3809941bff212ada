//! Changes one's own comment.

use super::{Thread, explain_failure, keep_draft};
use crate::api;
use crate::browser::{clock, random};
use crate::state::FormKey;
use afterword_wire::{CommentId, EditComment};

/// Opens a comment for editing, from what its author typed.
pub fn open_edit(thread: Thread, id: CommentId) {
    let secret = thread.identified_viewer().secret;
    thread.change(|state| state.update_look(id, |look| look.failure = None));
    api::read_source(&thread.config(), &secret, id, move |answer| match answer {
        Ok(source) => {
            thread.change(|state| state.update_look(id, |look| look.editing = Some(source.body_markdown)));
            thread.focus(vec![Thread::body_selector(FormKey::Edit(id))]);
        }
        Err(failure) => {
            let sentence = explain_failure(thread, &failure);
            thread.change(|state| state.update_look(id, |look| look.failure = Some(sentence)));
        }
    });
}

/// Sends a changed body. On failure the form stays as it is and `on_failure` gets the sentence that says why.
pub fn save_edit(thread: Thread, id: CommentId, body_markdown: String, on_failure: impl FnOnce(String) + 'static) {
    let secret = thread.identified_viewer().secret;
    let edit = EditComment { request_id: random::request_id(clock::now_ms()), body_markdown };
    api::edit_comment(&thread.config(), &secret, id, &edit, move |answer| match answer {
        Ok(written) => {
            keep_draft(thread, FormKey::Edit(id), "");
            thread.change(|state| state.replace_written(written));
            thread.announce(thread.strings().saved);
            thread.focus(vec![format!("#comment-{id} [data-act=edit]"), format!("#comment-{id}")]);
        }
        Err(failure) => {
            thread.report_failure(&failure);
            on_failure(explain_failure(thread, &failure));
        }
    });
}
