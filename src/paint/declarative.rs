//! The thread for a page's own HTML.

use super::fragment::built_in;
use super::{Painting, to_html};
use leptos::prelude::*;

/// Forms and buttons do nothing without the script; a form would even send what was typed to the page.
const WITHOUT_SCRIPT: &str = ".aw :is(form,button,select){display:none}";

/// The thread with the element that holds it: browsers open the shadow root while they read the page, and `embed.js` takes it
/// over where it stands. A reader without scripts is led to `standalone_url`, where the thread stands by itself.
///
/// # Errors
/// As [`super::fragment`].
pub fn declarative(painting: &Painting<'_>, standalone_url: Option<String>) -> Result<String, serde_json::Error> {
    let fragment = built_in(painting)?;
    let join_in = painting.lang.strings().join_in;
    let link = to_html(move || standalone_url.map(|url| view! { <p class="aw-notice"><a href=url>{join_in}</a></p> }));
    Ok(format!(
        "<div class=\"afterword\"><template shadowrootmode=\"open\">{fragment}\
         <noscript><style>{WITHOUT_SCRIPT}</style>{link}</noscript></template></div>"
    ))
}
