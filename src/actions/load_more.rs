//! Goes on with siblings that a slice left out.

use super::{Thread, explain_failure};
use crate::api;
use crate::state::MoreStatus;
use afterword_wire::{CommentId, ThreadSlice};
use leptos::prelude::*;

/// How many slices of root comments come by themselves after one was asked for, as the reader comes near the end.
const SLICES_AFTER_ONE: u32 = 9;

/// Loads more siblings below a parent; `None` for root comments. Focus goes to the first that is new.
pub fn load_more(thread: Thread, parent_id: Option<CommentId>) {
    if parent_id.is_none() {
        thread.state.update_untracked(|state| state.slices_to_come = SLICES_AFTER_ONE);
    }
    load(thread, parent_id, true);
}

/// Loads more root comments, if the reader has asked for some not long ago. Focus stays where it is. There is always an end to it: who
/// wants what the page has below the thread gets there.
pub fn go_on(thread: Thread) {
    let is_wanted = thread.state.try_update_untracked(|state| {
        let is_idle = state.children(None).is_some_and(|roots| roots.more_status.is_none());
        let is_wanted = is_idle && state.slices_to_come > 0;
        state.slices_to_come -= u32::from(is_wanted);
        is_wanted
    });
    if is_wanted == Some(true) {
        load(thread, None, false);
    }
}

fn load(thread: Thread, parent_id: Option<CommentId>, is_asked_for: bool) {
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
                if !is_asked_for {
                    return;
                }
                let first = thread
                    .state
                    .with_untracked(|state| state.children(parent_id).and_then(|siblings| siblings.shown.get(last).copied()));
                thread.focus(first.map(|id| format!("#comment-{id}")).into_iter().collect());
            }
            Err(failure) => {
                let sentence = explain_failure(thread, &failure);
                thread.state.update_untracked(|state| state.slices_to_come = 0);
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
