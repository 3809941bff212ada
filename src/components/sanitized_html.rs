//! The one way in which HTML from the server gets onto the page.

use super::element::element;
use leptos::prelude::*;

/// HTML that the Afterword server rendered from markdown and sanitised (`server/src/render`).
#[derive(Clone, Debug)]
pub struct SanitizedHtml(String);

impl SanitizedHtml {
    /// Takes `body_html` as the server sent it, and nothing else ever.
    #[must_use]
    pub fn from_server(body_html: &str) -> Self {
        Self(body_html.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows sanitised HTML, in the direction of its own first letter.
pub fn sanitized_html(class: &'static str, html: SanitizedHtml) -> AnyView {
    element("div", class).with("part", "body").with("dir", "auto").html(html).draw()
}
