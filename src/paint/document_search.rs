//! The search of a document: a form that needs no script, and what it found.

use super::document::Document;
use super::search::found;
use crate::components::{WORTH_SEARCHING_FROM, element};
use afterword_wire::limits::MAX_SEARCH_CHARS;
use afterword_wire::{CommentId, SearchResults, address};
use leptos::prelude::*;

/// What was looked for, and what was found.
#[derive(Clone, Debug)]
pub struct DocumentSearch {
    /// What was typed.
    pub typed: String,
    /// The comments found.
    pub results: SearchResults,
}

/// The form; the other fields of the address go along unseen.
pub(super) fn search_form(document: &Document) -> Option<AnyView> {
    if document.search.is_none() && document.state.comment_count < WORTH_SEARCHING_FROM {
        return None;
    }
    let strings = document.lang.strings();
    let typed = document.search.as_ref().map(|search| search.typed.clone()).unwrap_or_default();
    let button = element("button", "aw-button").with("type", "submit").text(strings.document_search_go);
    let form = element("form", "aw-search").with("role", "search").with("action", address::THREAD_DOCUMENT);
    let unseen =
        |(name, value): &(&'static str, String)| view! { <input type="hidden" name=*name value=value.clone()/> }.into_any();
    let form = document.addresses.fields.iter().map(unseen).fold(form, crate::components::Drawn::child);
    let field = view! {
        <input
            class="aw-search__field"
            type="search"
            name="q"
            value=typed
            maxlength=MAX_SEARCH_CHARS.to_string()
            aria-label=strings.search
            required=true
        />
    };
    Some(form.child(field.into_any()).child(button.draw()).draw())
}

/// What was found, and the way to what else there is.
pub(super) fn search_found(document: &Document, search: &DocumentSearch) -> AnyView {
    let url = |id: CommentId| format!("{}?{}&near={id}#comment-{id}", address::THREAD_DOCUMENT, document.addresses.start);
    let more = search.results.cursor.as_ref().map(|cursor| {
        let url = format!("{}?{}&cursor={cursor}", address::THREAD_DOCUMENT, document.addresses.here_from_start);
        let link = element("a", "aw-document__way").with("rel", "next").with("href", url);
        element("p", "").child(link.text(document.lang.strings().document_search_on).draw()).draw()
    });
    element("div", "").child(found(&search.results, document.lang, &url)).child_some(more).draw()
}
