//! The browser build: what `embed.js` imports.

use wasm_bindgen::prelude::*;

/// Takes over the thread that `embed.js` painted. See [`afterword_widget::embed::mount`].
#[wasm_bindgen]
pub fn mount(host: &web_sys::HtmlElement, options: JsValue, island: &str, pending: JsValue) -> Result<JsValue, JsValue> {
    afterword_widget::embed::mount(host, options, island, pending)
}

fn main() {}
