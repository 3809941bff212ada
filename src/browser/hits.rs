//! From one search result to the next.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Goes to the comment of the result after the current one, or before it; round at the ends. The first time to the first.
pub fn step(thread: &Element, is_back: bool) {
    let Ok(hits) = thread.query_selector_all(".aw-hit") else { return };
    let at = |place: u32| hits.get(place).and_then(|hit| hit.dyn_into::<HtmlElement>().ok());
    let count = hits.length();
    let current = (0..count).find(|place| at(*place).is_some_and(|hit| hit.has_attribute("aria-current")));
    let next = match (current, is_back) {
        (Some(0) | None, true) => count.wrapping_sub(1),
        (Some(place), true) => place - 1,
        (Some(place), false) if place + 1 < count => place + 1,
        _ => 0,
    };
    // A list of nothing has no next; setting a plain attribute fails nowhere.
    if let Some(hit) = at(next) {
        current.and_then(at).into_iter().for_each(|current| drop(current.remove_attribute("aria-current")));
        let _ = hit.set_attribute("aria-current", "true");
        hit.click();
    }
}
