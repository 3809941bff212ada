//! A branch shown by itself: the way back, and what stands above it in short.

use super::document::Document;
use crate::components::{Drawn, element};
use crate::state::plain_text;
use afterword_wire::{Comment, CommentId};
use leptos::prelude::*;

/// Ancestors shown: the root, and the nearest of the others.
const MAX_NEAREST: usize = 4;
/// What is shown of what an ancestor says.
const EXCERPT_CHARS: usize = 90;

/// The branch that a document shows by itself.
#[derive(Clone, Debug)]
pub struct Focus {
    /// The comment at its head.
    pub comment_id: CommentId,
    /// The comments above it, from the root down; empty for a root comment.
    pub line: Vec<Comment>,
}

/// The way back to the whole thread, and the way down to the branch.
pub(super) fn above(document: &Document) -> Option<AnyView> {
    let focus = document.focus.as_ref()?;
    let strings = document.lang.strings();
    let back = element("a", "aw-document__way").with("href", document.start_url()).text(strings.document_all_comments);
    let nav = element("nav", "aw-document__line").with("aria-label", strings.document_above);
    let nav = nav.child(element("p", "").child(back.draw()).draw());
    let list = (!focus.line.is_empty()).then(|| line(document, &focus.line));
    Some(nav.child_some(list).draw())
}

fn line(document: &Document, line: &[Comment]) -> AnyView {
    let nearest = line.len().saturating_sub(MAX_NEAREST).max(1).min(line.len());
    let left_out = (nearest > 1).then(|| element("li", "").with("aria-hidden", "true").text("…").draw());
    let list = element("ol", "").child(ancestor(document, &line[0])).child_some(left_out);
    line[nearest..].iter().map(|comment| ancestor(document, comment)).fold(list, Drawn::child).draw()
}

fn ancestor(document: &Document, comment: &Comment) -> AnyView {
    let strings = document.lang.strings();
    let name = comment.author.as_ref().map_or(strings.someone, |author| author.name.as_str());
    let said = if comment.is_deleted() { strings.deleted.to_owned() } else { excerpt(&plain_text(&comment.body_html)) };
    let link = element("a", "").with("href", document.branch_url(comment.id)).with("dir", "auto").text(name);
    element("li", "").child(link.draw()).child(element("span", "aw-document__said").with("dir", "auto").text(said).draw()).draw()
}

/// The beginning of a text on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_and_cut_between_characters() {
        assert_eq!(excerpt("one\n two"), "one two");
        assert_eq!(excerpt(&"ä".repeat(EXCERPT_CHARS + 1)), format!("{}…", "ä".repeat(EXCERPT_CHARS)));
        assert_eq!(excerpt(&"ä".repeat(EXCERPT_CHARS)), "ä".repeat(EXCERPT_CHARS));
    }
}
