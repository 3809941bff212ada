//! When a comment was written, as its permalink.

use super::element::element;
use crate::actions::Thread;
use crate::browser::{clock, intl};
use afterword_wire::Comment;
use leptos::prelude::*;

/// How long ago, exact on hover and for assistive technology. The server, which knows neither the reader's clock nor time zone,
/// writes the date.
pub fn comment_time(thread: Thread, comment: &Comment) -> AnyView {
    let tag = thread.config().lang;
    let at_ms = comment.created_at.0;
    let now_ms = if cfg!(target_arch = "wasm32") { clock::now_ms() } else { at_ms };
    let time = element("time", "")
        .with("datetime", comment.created_at.to_string())
        .with("title", intl::exact_time(&tag, at_ms))
        .text(intl::relative_time(&tag, at_ms, now_ms));
    let permalink = element("a", "aw-comment__time").with("part", "time").with("href", format!("#comment-{}", comment.id));
    permalink.child(time.draw()).draw()
}
