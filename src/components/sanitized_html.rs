//! The one way in which HTML from the server gets onto the page.

use super::element::element;
use leptos::prelude::*;

/// HTML that the Afterword server rendered from markdown and sanitised (`server/src/render`), or painted from text (`src/paint`).
#[derive(Clone, Debug)]
pub struct SanitizedHtml(String);

impl SanitizedHtml {
    /// Takes `body_html`, or a list of results, as the server sent it, and nothing else ever.
    #[must_use]
    pub fn from_server(body_html: &str) -> Self {
        Self(body_html.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows what the server painted of a search.
pub fn found_html(html: SanitizedHtml) -> AnyView {
    element("div", "aw-search__results").html(html).draw()
}

/// Shows sanitised HTML, in the direction of its own first letter.
pub fn sanitized_html(class: &'static str, html: SanitizedHtml) -> AnyView {
    element("div", class).with("part", "body").with("dir", "auto").html(html).draw()
}
