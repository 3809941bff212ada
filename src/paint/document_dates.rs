//! The way to a date in a long thread, and both ways on from there.

use super::document::Document;
use crate::components::element;
use crate::state::RowKey;
use afterword_wire::{Sort, address};
use leptos::prelude::*;

/// Characters of a date without its time.
const DATE_CHARS: usize = 10;

/// The form that leads to a date; only where the thread is longer than what is shown.
pub(super) fn form(document: &Document) -> Option<AnyView> {
    let shown = document.state.rows().iter().filter(|row| matches!(row.key, RowKey::Comment(_))).count();
    if document.focus.is_some() || shown >= document.state.comment_count as usize {
        return None;
    }
    let strings = document.lang.strings();
    let hidden = |(name, value): &(&'static str, String)| {
        element("input", "").with("type", "hidden").with("name", *name).with("value", value.clone()).draw()
    };
    let date = document.addresses.date.as_ref().map(|date| date.chars().take(DATE_CHARS).collect::<String>());
    let field = element("input", "").with("type", "date").with("name", "at").with("required", "").with_some("value", date);
    let label = element("label", "").text(strings.document_from_date).child(field.draw());
    let form = element("form", "aw-document__date").with("action", address::THREAD_DOCUMENT).with("method", "get");
    let form = document.addresses.dated.iter().map(hidden).fold(form, crate::components::Drawn::child);
    let go = element("button", "aw-button").with("type", "submit").text(strings.document_go_to_date);
    Some(form.child(label.draw()).child(go.draw()).draw())
}

/// The way to root comments before the first one shown.
pub(super) fn way_back(document: &Document) -> Option<AnyView> {
    let url = document.more_url(None, &document.before.as_ref()?.cursor);
    let strings = document.lang.strings();
    let text = if document.state.sort == Sort::Newest { strings.document_later } else { strings.document_earlier };
    let link = element("a", "aw-document__way").with("href", url).with("rel", "prev").text(text);
    Some(element("p", "").child(link.draw()).draw())
}

/// What the way on says where nobody counted what is left.
pub(super) fn onward(document: &Document) -> &'static str {
    let strings = document.lang.strings();
    if document.state.sort == Sort::Newest { strings.document_earlier } else { strings.document_later }
}
