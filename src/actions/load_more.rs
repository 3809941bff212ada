//! Goes on with siblings that a slice left out.

use super::{Thread, explain_failure};
use crate::api;
use crate::state::MoreStatus;
use afterword_wire::{CommentId, ThreadSlice};
use leptos::prelude::*;

/// Loads more siblings below a parent; `None` for root comments. Focus goes to the first that is new.
pub fn load_more(thread: Thread, parent_id: Option<CommentId>) {
    let (cursor, sort, last) = thread.state.with_untracked(|state| {
        let siblings = state.children(parent_id);
        let cursor = siblings.and_then(|siblings| siblings.more.as_ref()).map(|more| more.cursor.clone());
        let is_loading = siblings.is_some_and(|siblings| siblings.more_status == Some(MoreStatus::Loading));
        (cursor.filter(|_| !is_loading), state.sort, siblings.map_or(0, |siblings| siblings.shown.len()))
    });
    let Some(cursor) = cursor else { return };
    thread.change(|state| state.set_more_status(parent_id, Some(MoreStatus::Loading)));
    let take = move |answer: api::Answer<ThreadSlice>| {
        // Another sort was chosen meanwhile: this cursor means nothing any more.
        if parent_id.is_none() && thread.state.with_untracked(|state| state.sort != sort) {
            return;
        }
        match answer {
            Ok(slice) => {
                thread.change(|state| state.merge_slice(slice, parent_id));
                thread.announce(thread.strings().loaded);
                let first = thread
                    .state
                    .with_untracked(|state| state.children(parent_id).and_then(|siblings| siblings.shown.get(last).copied()));
                thread.focus(first.map(|id| format!("#comment-{id}")).into_iter().collect());
            }
            Err(failure) => {
                let sentence = explain_failure(thread, &failure);
                thread.change(|state| state.set_more_status(parent_id, Some(MoreStatus::Failed(sentence))));
            }
        }
    };
    let config = thread.config();
    match parent_id {
        Some(id) => api::read_branch(&config, id, Some(&cursor), take),
        None => api::read_slice(&config, sort, Some(&cursor), take),
    }
}
