//! JSON into types and types into JSON. The browser parses and writes the text; what lies between is smaller in the reader's
//! download than a general library: errors carry no sentence, because nobody reads one here, and so no number formatting comes
//! along (measured in docs/decisions/0003-wasm-build.md and 0012).

mod read;
mod unfit;
mod write;

use js_sys::JSON;
use read::Js;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use write::ToJs;

/// Reads a value from JSON text; `None` when the text is no JSON or says something else.
#[must_use]
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_js(JSON::parse(text).ok()?)
}

/// Reads a value from what `JSON.parse` gives.
#[must_use]
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    T::deserialize(Js(value)).ok()
}

/// A value as JSON text.
#[must_use]
pub fn to_text<T: Serialize>(value: &T) -> Option<String> {
    JSON::stringify(&to_js(value)?).ok().map(String::from)
}

/// A value as `JSON.parse` would give it.
#[must_use]
pub fn to_js<T: Serialize>(value: &T) -> Option<JsValue> {
    value.serialize(ToJs).ok()
}
