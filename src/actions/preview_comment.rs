//! Shows how a text will look.

use super::{Thread, explain_failure};
use crate::api;
use wasm_bindgen_futures::spawn_local;

/// Asks the server to render a text and hands over the sanitised HTML, or a sentence why there is none.
pub fn preview_comment(thread: Thread, body_markdown: String, on_answer: impl FnOnce(Result<String, String>) + 'static) {
    spawn_local(async move {
        let answer = api::preview(&thread.config(), body_markdown).await;
        on_answer(answer.map(|previewed| previewed.body_html).map_err(|failure| explain_failure(thread, &failure)));
    });
}
