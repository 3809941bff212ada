//! What of a comment is shown where it was found, with the matches marked.

use afterword_store::search::{SearchQuery, composed, plain_text};
use afterword_wire::{Comment, SearchHit, TextPart};
use std::ops::Range;

/// Characters shown before the first match, at most.
const CHARS_BEFORE: usize = 60;
/// Characters shown from the first match on, at most.
const CHARS_AFTER: usize = 180;
const ELLIPSIS: char = '…';

/// A comment as a search shows it.
#[must_use]
pub fn hit(query: &SearchQuery, comment: Comment) -> SearchHit {
    let name = composed(comment.author.as_ref().map_or("", |author| &author.name));
    let author_name = cut(&name, &query.marks(&name));
    let excerpt = excerpt(query, &plain_text(&comment.body_html));
    SearchHit { comment, author_name, excerpt }
}

/// A piece of a text around the first match; its beginning where nothing matches.
fn excerpt(query: &SearchQuery, text: &str) -> Vec<TextPart> {
    let first = query.marks(text).first().map_or(0, |mark| mark.start);
    let window = window(text, first);
    let mut shown: String = text[window.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    if window.start > 0 {
        shown.insert(0, ELLIPSIS);
    }
    if window.end < text.len() {
        shown.push(ELLIPSIS);
    }
    let marks = query.marks(&shown);
    cut(&shown, &marks)
}

/// What of a text is shown around a place: whole words where they end near enough.
fn window(text: &str, place: usize) -> Range<usize> {
    let before = text[..place].char_indices().rev().take(CHARS_BEFORE).last().map_or(place, |(at, _)| at);
    let start = match text[before..place].find(char::is_whitespace) {
        Some(space) if before > 0 => before + space,
        _ => before,
    };
    let after = text[place..].char_indices().nth(CHARS_AFTER).map_or(text.len(), |(at, _)| place + at);
    let end = match text[place..after].rfind(char::is_whitespace) {
        Some(space) if after < text.len() && space > 0 => place + space,
        _ => after,
    };
    start..end
}

/// A text in parts that are matches and parts that are none.
fn cut(text: &str, marks: &[Range<usize>]) -> Vec<TextPart> {
    let mut parts = Vec::with_capacity(2 * marks.len() + 1);
    let mut push = |text: &str, is_match| {
        if !text.is_empty() {
            parts.push(TextPart { text: text.to_owned(), is_match });
        }
    };
    let mut end = 0;
    for mark in marks {
        push(&text[end..mark.start], false);
        push(&text[mark.clone()], true);
        end = mark.end;
    }
    push(&text[end..], false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str, text: &str) -> String {
        let query = SearchQuery::parse(typed).expect("short");
        let parts = excerpt(&query, text);
        parts.iter().map(|part| if part.is_match { format!("[{}]", part.text) } else { part.text.clone() }).collect()
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        assert_eq!(shown("pears", "Ripe\npears,  and more pears"), "Ripe [pears], and more [pears]");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_match() {
        let text = format!("{} a ripe pear {}", "before ".repeat(50), "after ".repeat(50));
        let shown = shown("pear ", &text);
        assert!(shown.starts_with("…before ") && shown.contains("a ripe [pear] after") && shown.ends_with("after…"), "{shown}");
        assert!(shown.chars().count() <= CHARS_BEFORE + CHARS_AFTER + 4, "{shown}");
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let text = format!("{}梨{}", "前".repeat(500), "後".repeat(500));
        let shown = shown("梨", &text);
        assert_eq!(shown, format!("…{}[梨]{}…", "前".repeat(CHARS_BEFORE), "後".repeat(CHARS_AFTER - 1)));
    }

    #[test]
    fn the_beginning_is_shown_where_only_the_name_matches() {
        assert_eq!(shown("mara", "Nothing of that kind"), "Nothing of that kind");
        assert_eq!(shown("mara", ""), "");
    }

    #[test]
    fn markup_in_a_text_is_text() {
        assert_eq!(shown("script", "<script>x</script>"), "<[script]>x</[script]>");
    }
}
