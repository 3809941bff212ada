//! Follows the reader through a long thread: what is near is drawn, what is far is put away, and what comes next is loaded.

use super::{Thread, load_more};
use crate::browser::far_rows::{self, Anchor, Wish};
use crate::browser::listen;
use crate::state::{Away, RowKey};
use leptos::prelude::*;
use web_sys::HtmlElement;

/// Looks where the reader is whenever they scroll. In a frame, which is as high as the thread, nothing tells; there all is drawn.
pub fn follow_scrolling(thread: Thread) {
    if thread.config().is_framed {
        return;
    }
    let turn = move |is_on| thread.away.update(|away| away.turn(is_on));
    turn(true);
    for event in ["scroll", "resize"] {
        listen::on_window(event, move || look_soon(thread));
    }
    listen::on_window("beforeprint", move || turn(false));
    listen::on_window("afterprint", move || {
        turn(true);
        look_soon(thread);
    });
}

/// Draws the rows of a segment now.
pub fn bring_back(thread: Thread, number: u32) {
    change(thread, move |away| away.bring_back(number));
}

/// Draws a row, wherever it was put, and then does something with it.
pub fn with_row(thread: Thread, key: RowKey, then: impl FnOnce(&HtmlElement) + 'static) {
    // What has just come may be put away when it is drawn.
    thread.after_drawing(Box::new(move |_| {
        thread.away.maybe_update(|away| away.bring_back_row(key));
        thread.after_drawing(Box::new(then));
    }));
}

/// Looks in the next frame what is to be done, once however often it is asked for.
pub fn look_soon(thread: Thread) {
    if thread.away.try_update_untracked(Away::look_once) == Some(true) {
        request_animation_frame(move || look(thread));
    }
}

/// One thing a frame, so that none is late for it.
fn look(thread: Thread) {
    let is_long = thread.away.try_update_untracked(Away::look);
    let Some(element) = thread.element() else { return };
    match far_rows::next_wish(&element).filter(|_| is_long == Some(true)) {
        Some(Wish::BringBack(number)) => bring_back(thread, number),
        Some(Wish::Put(keys, height_mpx)) => change(thread, move |away| _ = away.put(keys, height_mpx)),
        None if far_rows::is_end_near(&element) => load_more::go_on(thread),
        None => {}
    }
}

/// Changes what is put away, and nothing that is on screen moves.
fn change(thread: Thread, change: impl FnOnce(&mut Away)) {
    let anchor = thread.element().and_then(|element| Anchor::of(&element));
    thread.away.update(change);
    thread.after_drawing(Box::new(move |_| {
        anchor.into_iter().for_each(|anchor| anchor.hold());
        look_soon(thread);
    }));
}
