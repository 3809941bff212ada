//! The one way in which HTML from the server gets onto the page.

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
}

/// Shows sanitised HTML, in the direction of its own first letter.
pub fn sanitized_html(class: &'static str, html: SanitizedHtml) -> AnyView {
    view! { <div class=class part="body" dir="auto" inner_html=html.0></div> }.into_any()
}
