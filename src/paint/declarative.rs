//! The thread for a page's own HTML.

use super::{Painting, fragment};

/// The thread with the element that holds it: browsers open the shadow root while they read the page, and `embed.js` takes it
/// over where it stands.
///
/// # Errors
/// As [`fragment`].
pub fn declarative(painting: &Painting<'_>) -> Result<String, serde_json::Error> {
    let fragment = fragment(painting)?;
    Ok(format!("<div class=\"afterword\"><template shadowrootmode=\"open\">{fragment}</template></div>"))
}
