//! Rails are drawn by the style sheet, not by elements: which one is meant follows from where the pointer is.

use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The row under the pointer and the level of the rail there, if it is over the space where the row is moved in.
#[must_use]
pub fn place_at(event: &MouseEvent) -> Option<(Element, u16)> {
    let row: Element = event.target()?.dyn_into().ok()?;
    if !row.matches("li[data-depth]").unwrap_or(false) {
        return None;
    }
    let style = web_sys::window()?.get_computed_style(&row).ok()??;
    // The browser's own parser: Rust's would be paid for in size.
    let px = |name| Some(js_sys::parse_float(&style.get_property_value(name).ok()?)).filter(|px| px.is_finite());
    let moved_in = px("padding-inline-start")?;
    // As drawn: deep rows stop moving in.
    let depth = px("--aw-depth")?;
    let bounds = row.get_bounding_client_rect();
    let is_rtl = style.get_property_value("direction").is_ok_and(|direction| direction == "rtl");
    let x = f64::from(event.client_x());
    let from_start = if is_rtl { bounds.right() - x } else { x - bounds.left() };
    if from_start >= moved_in || moved_in <= 0.0 || depth <= 0.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 7")]
    let level = (from_start / (moved_in / depth)) as u16;
    Some((row, level))
}

/// Lights the rail that passes a row at a level along its whole branch, or (`None`) puts out the one that is lit.
pub fn light(thread: &Element, place: Option<(Element, u16)>) {
    if let Ok(lit) = thread.query_selector_all("li[data-lit]") {
        for at in 0..lit.length() {
            if let Some(row) = lit.item(at).and_then(|node| node.dyn_into::<Element>().ok()) {
                // Removing an attribute cannot fail.
                let _ = row.remove_attribute("data-lit");
            }
        }
    }
    let Some((row, level)) = place else { return };
    let is_below = |row: &Element| {
        let depth = row.get_attribute("data-depth").and_then(|depth| depth.parse::<u16>().ok());
        depth.is_some_and(|depth| depth > level)
    };
    // Both ways from the row: what the branch answers may be too far away to be drawn.
    for step in [Element::next_element_sibling, Element::previous_element_sibling] {
        let branch = std::iter::successors(Some(row.clone()), step).take_while(is_below);
        branch.for_each(|row| drop(row.set_attribute("data-lit", &level.to_string())));
    }
}
