//! What somebody looks for.

use super::script::{stands_alone, takes_marks};
use super::term::{Term, terms};
use afterword_wire::limits::{MAX_SEARCH_CHARS, MAX_SEARCH_TERMS};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// What was typed, as terms. It has no operators: every character is either part of a word or parts words.
///
/// All that stands between two spaces is one phrase, whose terms must follow one another; all phrases must be in a comment. The
/// last term counts as the beginning of a word, unless a space follows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    phrases: Vec<Phrase>,
}

/// Terms that follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Phrase {
    /// The terms, at least one; each holds letters, digits and marks only.
    pub(crate) words: Vec<String>,
    /// Whether the last of them is only the beginning of a word.
    pub(crate) is_beginning: bool,
}

/// Why a text cannot be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchQueryError {
    /// Longer than [`MAX_SEARCH_CHARS`].
    #[error("the search is {0} characters long; at most {MAX_SEARCH_CHARS} are allowed")]
    TooLong(usize),
    /// More terms than [`MAX_SEARCH_TERMS`].
    #[error("the search has {0} words; at most {MAX_SEARCH_TERMS} are allowed (each character counts in scripts without spaces)")]
    TooManyTerms(usize),
}

impl SearchQuery {
    /// Reads what was typed. Text without a letter, digit or picture makes a query that finds nothing.
    ///
    /// # Errors
    /// The text is longer, or has more terms, than is looked for.
    pub fn parse(typed: &str) -> Result<Self, SearchQueryError> {
        let chars = typed.chars().count();
        if chars > MAX_SEARCH_CHARS {
            return Err(SearchQueryError::TooLong(chars));
        }
        let text: String = typed.nfc().collect();
        let mut phrases: Vec<Phrase> =
            text.split_whitespace().map(Phrase::read).filter(|phrase| !phrase.words.is_empty()).collect();
        let count = phrases.iter().map(|phrase| phrase.words.len()).sum();
        if count > MAX_SEARCH_TERMS {
            return Err(SearchQueryError::TooManyTerms(count));
        }
        if let Some(last) = phrases.last_mut().filter(|_| text.ends_with(|last: char| !last.is_whitespace())) {
            last.is_beginning = last.words.last().is_some_and(|word| may_go_on(word));
        }
        Ok(Self { phrases })
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// What must be found, each somewhere.
    pub(crate) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Where the phrases stand in a text, in bytes: in order, apart from each other. A word that was only begun is marked whole.
    ///
    /// The text must be in Unicode's composed form (NFC), as [`super::plain_text`] makes it.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let terms = terms(text);
        let mut marks: Vec<Range<usize>> = self.phrases.iter().flat_map(|phrase| phrase.places(&terms)).collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        marks.dedup_by(|next, last| {
            let do_meet = next.start < last.end;
            if do_meet {
                last.end = last.end.max(next.end);
            }
            do_meet
        });
        marks
    }
}

impl Phrase {
    fn read(text: &str) -> Self {
        Self { words: terms(text).into_iter().map(|term| term.word).collect(), is_beginning: false }
    }

    fn places(&self, terms: &[Term]) -> impl Iterator<Item = Range<usize>> {
        let found = terms.windows(self.words.len()).filter(|window| self.is_here(window));
        found.map(|window| window[0].place.start..window[window.len() - 1].place.end)
    }

    fn is_here(&self, window: &[Term]) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(window).enumerate().all(|(at, (word, term))| {
            if at == last && self.is_beginning { term.word.starts_with(word.as_str()) } else { term.word == *word }
        })
    }
}

/// Whether a word may become another one as it is typed on. A character that stands alone is complete, unless marks may follow.
fn may_go_on(word: &str) -> bool {
    word.chars().next().is_some_and(|first| !stands_alone(first) || takes_marks(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(typed: &str, text: &str) -> String {
        let text: String = text.nfc().collect();
        let mut marked = String::new();
        let mut end = 0;
        for mark in SearchQuery::parse(typed).expect("can be looked for").marks(&text) {
            marked += &format!("{}[{}]", &text[end..mark.start], &text[mark.clone()]);
            end = mark.end;
        }
        marked + &text[end..]
    }

    #[test]
    fn every_word_is_marked_wherever_it_stands() {
        assert_eq!(marked("pear mara ", "A pear for Mara; PEARS, pear."), "A [pear] for [Mara]; PEARS, [pear].");
    }

    #[test]
    fn only_the_last_word_is_a_beginning_and_only_until_a_space_follows() {
        assert_eq!(marked("pea", "pea pear"), "[pea] [pear]");
        assert_eq!(marked("pea ", "pea pear"), "[pea] pear");
        assert_eq!(marked("pea r", "pea pear ripe"), "[pea] pear [ripe]");
    }

    #[test]
    fn a_phrase_stands_together() {
        assert_eq!(marked("日本", "日本語、本日は日"), "[日本]語、本日は日");
        assert_eq!(marked("l'ea", "de l'eau, l ea"), "de [l'eau], [l ea]");
        assert_eq!(marked("กิ", "กินกี"), "[กิ]นกี");
        assert_eq!(marked("ก", "กินกี"), "[กิ]น[กี]");
    }

    #[test]
    fn marks_that_meet_become_one() {
        assert_eq!(marked("日本 本語", "日本語"), "[日本語]");
    }

    #[test]
    fn case_and_marks_of_the_text_do_not_matter() {
        assert_eq!(marked("cafe strasse ", "CAFÉ in der Straße"), "[CAFÉ] in der [Straße]");
    }

    #[test]
    fn what_holds_no_word_finds_nothing() {
        for typed in ["", " ", "\"*\"", "() AND".get(..2).unwrap_or_default(), "\0", "…", "\u{301}"] {
            let query = SearchQuery::parse(typed).expect("can be looked for");
            assert!(query.is_empty() && query.marks("any text").is_empty(), "{typed:?}");
        }
    }

    #[test]
    fn a_search_past_the_limits_is_refused_with_its_size() {
        assert_eq!(SearchQuery::parse(&"a".repeat(MAX_SEARCH_CHARS + 1)), Err(SearchQueryError::TooLong(MAX_SEARCH_CHARS + 1)));
        let many = MAX_SEARCH_TERMS + 1;
        assert_eq!(SearchQuery::parse(&"日".repeat(many)), Err(SearchQueryError::TooManyTerms(many)));
        assert!(SearchQuery::parse(&"日".repeat(MAX_SEARCH_TERMS)).is_ok());
        // One character that unfolds into eighteen.
        assert!(SearchQuery::parse(&"\u{fdfa}".repeat(MAX_SEARCH_CHARS)).is_err());
    }
}
