//! Shows how a text will look.

use super::{Thread, explain_failure};
use crate::api;

/// Asks the server to render a text and hands over the sanitised HTML, or a sentence why there is none.
pub fn preview_comment(thread: Thread, body_markdown: String, on_answer: impl FnOnce(Result<String, String>) + 'static) {
    api::preview(&thread.config(), body_markdown, move |answer| {
        on_answer(answer.map(|previewed| previewed.body_html).map_err(|failure| explain_failure(thread, &failure)));
    });
}
