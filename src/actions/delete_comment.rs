//! Withdraws one's own comment, after asking once.

use super::{Thread, explain_failure};
use crate::api;
use crate::browser::{clock, random};
use afterword_wire::{CommentId, DeleteComment};

/// Asks whether a comment is really to be deleted; focus goes to the answer that keeps it.
pub fn ask_to_delete(thread: Thread, id: CommentId) {
    thread.change(|state| {
        state.update_look(id, |look| {
            look.is_asking_to_delete = true;
            look.failure = None;
        });
    });
    thread.focus(vec![format!("#comment-{id} [data-act=keep]")]);
}

/// Does not delete.
pub fn keep_comment(thread: Thread, id: CommentId) {
    thread.change(|state| state.update_look(id, |look| look.is_asking_to_delete = false));
    thread.focus(vec![format!("#comment-{id} [data-act=delete]")]);
}

/// Deletes a comment; focus goes to what stands in its place, or before it.
pub fn delete_comment(thread: Thread, id: CommentId) {
    let secret = thread.identified_viewer().secret;
    let delete = DeleteComment { request_id: random::request_id(clock::now_ms()) };
    api::delete_comment(&thread.config(), &secret, id, &delete, move |answer| match answer {
        Ok(written) => {
            let neighbour = thread.change(|state| state.remove_written(&written)).flatten();
            thread.announce(thread.strings().was_deleted);
            let row = neighbour.map(|id| format!("#comment-{id}"));
            thread.focus(row.into_iter().chain(["h2".to_owned()]).collect());
        }
        Err(failure) => {
            thread.report_failure(&failure);
            let sentence = explain_failure(thread, &failure);
            thread.change(|state| {
                state.update_look(id, |look| {
                    look.is_asking_to_delete = false;
                    look.failure = Some(sentence);
                });
            });
        }
    });
}
