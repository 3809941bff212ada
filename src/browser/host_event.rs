//! What the host page is told: events named `afterword:` and then noun-past-verb. They report; nothing private travels in them.

use super::json;
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// Tells the host page that something happened in the thread.
pub fn dispatch<T: Serialize>(thread: &Element, name: &str, detail: &T) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&json::to_js(detail).unwrap_or(JsValue::NULL));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // A listener's exception is the page's own; it is reported there and changes nothing here.
        let _ = thread.dispatch_event(&event);
    }
}
