//! Hearing what happens to the window.

use leptos::prelude::{StoredValue, WithValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Hears an event of the window, or of anything in it that scrolls, until the thread goes.
pub fn on_window(event: &'static str, hear: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let heard = Closure::<dyn FnMut()>::new(hear);
    // On its way down: `scroll` does not come up again from a box that scrolls within the page.
    let _ = window.add_event_listener_with_callback_and_bool(event, heard.as_ref().unchecked_ref(), true);
    let heard = StoredValue::new_local((window, heard));
    on_cleanup(move || {
        heard.with_value(|(window, heard)| {
            // Fails nowhere: what was not added is not removed.
            let _ = window.remove_event_listener_with_callback_and_bool(event, heard.as_ref().unchecked_ref(), true);
        });
    });
}
