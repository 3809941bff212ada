//! Where the thread's heading stands among the headings of the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRoot};

/// Gives the thread's heading the level below that of the article around it: of the first heading in the nearest element that
/// holds one. Without any it keeps its own.
pub fn fit_level(thread: &Element) {
    let host = thread.get_root_node().dyn_into::<ShadowRoot>().ok().map(|root| root.host());
    let mut around = std::iter::successors(host, |element| element.parent_element());
    let above = around.find_map(|element| element.query_selector("h1, h2, h3, h4, h5").ok().flatten());
    let heading = thread.query_selector("h2").ok().flatten();
    if let (Some(above), Some(heading)) = (above, heading)
        && let Some(level) = above.tag_name().bytes().last()
    {
        // Can only fail for a malformed name.
        let _ = heading.set_attribute("aria-level", &char::from(level + 1).to_string());
    }
}
