//! The thread for `embed.js`.

use super::{Painting, escape_json, paint, stylesheet};
use crate::text::Locale;
use afterword_wire::ThreadSlice;
use serde::Serialize;

/// What the widget needs to take over: the slice without the bodies, which the painted rows hold already.
#[derive(Serialize)]
struct Island<'a> {
    slice: ThreadSlice,
    widget_script: &'a str,
    messages: &'static Locale,
    /// Whether it stands in a page's own HTML, and so is as old as the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_built_in: bool,
}

/// The thread for `embed.js`: a `<style>`, the painted thread (`div.aw`), and a JSON island (`script[type="application/json"]`).
///
/// # Errors
/// Only when a slice cannot be written as JSON, which none of its types allows.
pub fn fragment(painting: &Painting<'_>) -> Result<String, serde_json::Error> {
    write(painting, false)
}

/// The same for a page's own HTML: once there, the widget looks what has come since.
///
/// # Errors
/// As [`fragment`].
pub(super) fn built_in(painting: &Painting<'_>) -> Result<String, serde_json::Error> {
    write(painting, true)
}

fn write(painting: &Painting<'_>, is_built_in: bool) -> Result<String, serde_json::Error> {
    let mut slice = painting.slice.clone();
    slice.comments.iter_mut().for_each(|comment| comment.body_html.clear());
    let island = Island { slice, widget_script: painting.widget_script, messages: painting.lang.messages(), is_built_in };
    let island = serde_json::to_string(&island)?;
    let style = stylesheet();
    let thread = paint(painting, true);
    let island = escape_json(&island);
    Ok(format!("<style>{style}</style>{thread}<script type=\"application/json\">{island}</script>"))
}
