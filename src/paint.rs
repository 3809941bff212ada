//! A thread as HTML, written by the server from the widget's own components.

use crate::text::Lang;
use afterword_wire::ThreadSlice;

/// What is to be painted.
#[derive(Clone, Debug)]
pub struct Painting<'a> {
    /// The comments.
    pub slice: &'a ThreadSlice,
    /// The language of everything around them.
    pub lang: Lang,
    /// The site's slug.
    pub site_slug: &'a str,
    /// The page within the site.
    pub page_key: &'a str,
    /// Address of the widget's script on this server, absolute path.
    pub widget_script: &'a str,
}

/// The head of a thread that stands as a document of its own.
#[derive(Clone, Debug, Default)]
pub struct DocumentHead<'a> {
    /// The page's title, if known; plain text.
    pub title: Option<&'a str>,
    /// Where the page can be read, if known: checked to be http or https.
    pub page_url: Option<&'a str>,
    /// Where the thread goes on, if it does.
    pub next_url: Option<&'a str>,
}

/// The thread for `embed.js`: a `<style>`, the painted thread (`div.aw`), and a JSON island (`script[type="application/json"]`).
#[must_use]
pub fn fragment(_painting: &Painting<'_>) -> String {
    String::new()
}

/// The thread as a whole document, each comment an `<article>`; its style sheet is linked as `/assets/…`, see [`stylesheet`].
#[must_use]
pub fn document(_painting: &Painting<'_>, _head: &DocumentHead<'_>, _stylesheet_url: &str) -> String {
    String::new()
}

/// The style sheet of the painted thread.
#[must_use]
pub fn stylesheet() -> &'static str {
    ""
}
