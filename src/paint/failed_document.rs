//! What is shown in the place of a document that cannot be.

use super::to_html;
use crate::components::element;
use crate::text::Lang;

/// A document that says in one sentence why there is no thread to show. `stylesheet_url` is that of every document of ours.
#[must_use]
pub fn failed_document(lang: Lang, sentence: String, stylesheet_url: &str) -> String {
    let (tag, dir, heading) = (lang.tag(), lang.dir(), lang.strings().comments);
    let main = to_html(move || {
        let sentence = element("p", "aw-notice").with("role", "alert").with("dir", "auto").text(sentence);
        let aw = element("div", "aw").with("data-theme", "auto").child(sentence.draw());
        element("main", "").child(element("h1", "").text(heading).draw()).child(aw.draw()).draw()
    });
    format!(
        "<!doctype html><html lang=\"{tag}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{heading}</title>\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"stylesheet\" href=\"{stylesheet_url}\"></head>\
         <body class=\"aw-document\">{main}</body></html>"
    )
}
