//! What a search found, as a list of links that lead to the comments.

use super::to_html;
use crate::browser::intl;
use crate::components::element;
use crate::text::{Lang, fill};
use afterword_wire::{CommentId, SearchHit, SearchResults, TextPart};
use leptos::prelude::*;

/// The comments found, for the widget: a sentence that says how many, and a list of links to their permalinks on the page.
#[must_use]
pub fn search_results(results: &SearchResults, lang: Lang) -> String {
    let results = results.clone();
    to_html(move || found(&results, lang, &|id| format!("#comment-{id}")))
}

/// The sentence and the list; `url` is where a comment can be seen in its surroundings.
pub(super) fn found(results: &SearchResults, lang: Lang, url: &dyn Fn(CommentId) -> String) -> AnyView {
    let sentence = element("p", "aw-search__count").with("role", "status").text(sentence(results, lang));
    let list = results.hits.iter().fold(element("ol", "aw-search__hits"), |list, hit| list.child(hit_row(hit, lang, url)));
    let list = (!results.hits.is_empty()).then(|| list.draw());
    element("div", "aw-search__found").child(sentence.draw()).child_some(list).draw()
}

/// How many are shown; nobody counts those that are not.
fn sentence(results: &SearchResults, lang: Lang) -> String {
    let strings = lang.strings();
    let more = if results.cursor.is_some() { "+" } else { "" };
    match (results.hits.len(), more) {
        (0, "") => strings.document_found_nothing.to_owned(),
        (count, _) => fill(strings.document_found, &format!("{count}{more}")),
    }
}

fn hit_row(hit: &SearchHit, lang: Lang, url: &dyn Fn(CommentId) -> String) -> AnyView {
    let at = hit.comment.created_at;
    let time = element("time", "aw-hit__time").with("datetime", at.to_string()).text(intl::relative_time(lang.tag(), at.0, at.0));
    let link = element("a", "aw-hit")
        .with("href", url(hit.comment.id))
        .child(text("span", "aw-hit__name", &hit.author_name))
        .text(" ")
        .child(time.draw())
        .child(text("span", "aw-hit__text", &hit.excerpt));
    element("li", "").child(link.draw()).draw()
}

/// A text that a person wrote, with its matches marked.
fn text(tag: &'static str, class: &'static str, parts: &[TextPart]) -> AnyView {
    let text = element(tag, class).with("dir", "auto");
    let part =
        |part: &TextPart| if part.is_match { element("mark", "").text(&part.text).draw() } else { part.text.clone().into_any() };
    parts.iter().map(part).fold(text, crate::components::Drawn::child).draw()
}
