//! Places among siblings, written onto rows that stay while what is around them changes.

use crate::state::SetPlace;
use afterword_wire::CommentId;
use web_sys::Element;

/// Gives rows their new places.
pub fn write_all(thread: &Element, places: &[(CommentId, SetPlace)]) {
    for (id, place) in places {
        if let Ok(Some(row)) = thread.query_selector(&format!("#comment-{id}")) {
            // Both can only fail for a malformed name.
            let _ = row.set_attribute("aria-posinset", &place.position.to_string());
            let _ = row.set_attribute("aria-setsize", &place.size.to_string());
        }
    }
}
