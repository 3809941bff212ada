//! The thread as a document of its own.

use super::{Painting, paint, to_html};
use leptos::prelude::*;

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

/// The thread as a whole document, each comment an `<article>`, to be read without scripts. Its style sheet is linked.
#[must_use]
pub fn document(painting: &Painting<'_>, head: &DocumentHead<'_>, stylesheet_url: &str) -> String {
    let strings = painting.lang.strings();
    let title = head.title.unwrap_or(strings.comments).to_owned();
    let heading = view! { <h1 dir="auto">{title.clone()}</h1> };
    let back = head.page_url.map(|url| view! { <p><a href=url.to_owned()>{strings.document_back_to_page}</a></p> });
    let next = head.next_url.map(|url| view! { <p><a rel="next" href=url.to_owned()>{strings.document_next_comments}</a></p> });
    let canonical = head.page_url.map(|url| view! { <link rel="canonical" href=url.to_owned()/> });
    let before = to_html(move || view! { <div>{heading}{back}</div> });
    let after = to_html(move || view! { <div>{next}</div> });
    let head = to_html(move || (view! { <title>{title}</title> }, canonical));
    let (lang, dir, thread) = (painting.lang.tag(), painting.lang.dir(), paint(painting, false));
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{head}\
         <link rel=\"stylesheet\" href=\"{stylesheet_url}\"></head>\
         <body class=\"aw-document\"><main>{before}{thread}{after}</main></body></html>"
    )
}
