//! Rails are drawn by the style sheet, not by elements: which one is meant follows from where the pointer is.

use afterword_wire::CommentId;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The comment whose rail is under the pointer, if it is over the space where a row is moved in.
#[must_use]
pub fn comment_at(event: &MouseEvent) -> Option<CommentId> {
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
    ancestor_at(&row, level)
}

/// The nearest row above that stands at a depth as shown.
fn ancestor_at(row: &Element, level: u16) -> Option<CommentId> {
    let mut above = row.previous_element_sibling();
    while let Some(row) = above {
        let depth = row.get_attribute("data-depth").and_then(|depth| depth.parse().ok());
        if depth == Some(level) && row.has_attribute("data-id") {
            return row.get_attribute("data-id")?.parse().ok();
        }
        above = row.previous_element_sibling();
    }
    None
}

/// Lights the rail of one comment along its whole branch, or (`None`) puts out the one that is lit.
pub fn light(thread: &Element, comment_id: Option<CommentId>) {
    if let Ok(lit) = thread.query_selector_all("li[data-lit]") {
        for at in 0..lit.length() {
            if let Some(row) = lit.item(at).and_then(|node| node.dyn_into::<Element>().ok()) {
                // Removing an attribute cannot fail.
                let _ = row.remove_attribute("data-lit");
            }
        }
    }
    let Some(comment_id) = comment_id else { return };
    let Some(row) = thread.query_selector(&format!("#comment-{comment_id}")).ok().flatten() else { return };
    let depth_of = |row: &Element| row.get_attribute("data-depth").and_then(|depth| depth.parse::<u16>().ok());
    let Some(depth) = depth_of(&row) else { return };
    let mut below = row.next_element_sibling();
    while let Some(row) = below.filter(|row| depth_of(row).is_some_and(|below| below > depth)) {
        let _ = row.set_attribute("data-lit", &depth.to_string());
        below = row.next_element_sibling();
    }
}
