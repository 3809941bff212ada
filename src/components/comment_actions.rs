//! What a reader can do with a comment.

use super::element::{Drawn, button, element};
use crate::actions::Thread;
use crate::browser::{clock, intl::counted};
use crate::state::{Node, ThreadState};
use crate::text::fill;
use leptos::prelude::*;

/// The buttons below a comment. One listener on the thread hears them all (see `gestures`).
pub fn comment_actions(thread: Thread, state: &ThreadState, node: &Node) -> AnyView {
    let strings = thread.strings();
    let mut actions = element("div", "aw-comment__actions").with("part", "actions");
    if !state.is_closed {
        let name = node.comment.author.as_ref().map_or("", |author| author.name.as_str());
        let label = fill(strings.reply_to, name);
        let reply = button("reply", "aw-button").with("aria-label", label).with_some("aria-keyshortcuts", thread.shortcut("r"));
        actions = actions.child(reply.text(strings.reply).draw());
    }
    let new = state.waiting_count(Some(node.comment.id));
    let new = (new > 0).then(|| button("show-new", "aw-new").text(counted(&strings.new_replies, thread.lang(), new)).draw());
    own_actions(actions.child_some(new), thread, state, node).draw()
}

/// Edit and delete, while the viewer may.
fn own_actions(actions: Drawn, thread: Thread, state: &ThreadState, node: &Node) -> Drawn {
    // While the server paints, nobody looks, and no clock is asked.
    let left_ms = state.viewer.author_id.and_then(|_| state.edit_time_left_ms(&node.comment, clock::now_ms()));
    let Some(left_ms) = left_ms else { return actions };
    let strings = thread.strings();
    let text_button = |act, text| button(act, "aw-button").text(text).draw();
    if node.look.is_asking_to_delete {
        let delete = button("confirm-delete", "aw-button aw-button--danger").text(strings.delete);
        return actions
            .child(element("span", "aw-comment__question").text(strings.really_delete).draw())
            .child(delete.draw())
            .child(text_button("keep", strings.keep));
    }
    let minutes = u32::try_from(left_ms / 60_000 + 1).unwrap_or(1);
    let left = counted(&strings.minutes_left, thread.lang(), minutes);
    actions
        .child(text_button("edit", strings.edit))
        .child(text_button("delete", strings.delete))
        .child(element("span", "aw-comment__left").text(left).draw())
}
