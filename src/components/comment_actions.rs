//! What a reader can do with a comment.

use crate::actions::Thread;
use crate::browser::{clock, intl::counted};
use crate::state::ThreadState;
use crate::text::fill;
use afterword_wire::Comment;
use leptos::either::Either;
use leptos::prelude::*;

/// The buttons below a comment. One listener on the thread hears them all (see `gestures`).
pub fn comment_actions(thread: Thread, state: &ThreadState, comment: &Comment) -> impl IntoView + use<> {
    let strings = thread.strings();
    let name = comment.author.as_ref().map(|author| author.name.clone()).unwrap_or_default();
    let reply = (!state.is_closed).then(|| {
        let label = fill(strings.reply_to, &name);
        view! { <button type="button" class="aw-button" data-act="reply" aria-label=label>{strings.reply}</button> }
    });
    let own = own_actions(thread, state, comment);
    let failure = state.failure(comment.id).map(str::to_owned).map(|sentence| {
        view! { <p class="aw-comment__failure" role="alert">{sentence}</p> }
    });
    view! { <div class="aw-comment__actions" part="actions">{reply}{own}</div>{failure} }
}

/// Edit and delete, while the viewer may.
fn own_actions(thread: Thread, state: &ThreadState, comment: &Comment) -> Option<impl IntoView + use<>> {
    // While the server paints, nobody looks, and no clock is asked.
    state.viewer.author_id?;
    let left_ms = state.edit_time_left_ms(comment, clock::now_ms())?;
    let strings = thread.strings();
    if state.is_asking_to_delete(comment.id) {
        return Some(Either::Left(view! {
            <span class="aw-comment__question">{strings.really_delete}</span>
            <button type="button" class="aw-button aw-button--danger" data-act="confirm-delete">{strings.delete}</button>
            <button type="button" class="aw-button" data-act="keep">{strings.keep}</button>
        }));
    }
    let minutes = u32::try_from(left_ms / 60_000 + 1).unwrap_or(1);
    Some(Either::Right(view! {
        <button type="button" class="aw-button" data-act="edit">{strings.edit}</button>
        <button type="button" class="aw-button" data-act="delete">{strings.delete}</button>
        <span class="aw-comment__left">{counted(&strings.minutes_left, thread.lang(), minutes)}</span>
    }))
}
