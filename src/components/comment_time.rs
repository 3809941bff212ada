//! When a comment was written, as its permalink.

use crate::actions::Thread;
use crate::browser::{clock, intl};
use afterword_wire::Comment;
use leptos::prelude::*;

/// How long ago, exact on hover and for assistive technology. The server, which knows neither the reader's clock nor time zone,
/// writes the date.
pub fn comment_time(thread: Thread, comment: &Comment) -> impl IntoView + use<> {
    let tag = thread.config().lang;
    let at_ms = comment.created_at.0;
    let now_ms = if cfg!(target_arch = "wasm32") { clock::now_ms() } else { at_ms };
    let edited = comment.edited_at.map(|_| view! { <span class="aw-comment__edited">{thread.strings().edited}</span> });
    view! {
        <a class="aw-comment__time" part="time" href=format!("#comment-{}", comment.id)>
            <time datetime=comment.created_at.to_string() title=intl::exact_time(&tag, at_ms)>{intl::relative_time(&tag, at_ms, now_ms)}</time>
        </a>
        {edited}
    }
}
