//! A text cut into terms.

use super::fold::fold;
use super::script::{is_ignored, stands_alone};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest term that is told apart from others, in characters; what comes after does not count.
const MAX_TERM_CHARS: usize = 40;

/// One term of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// What it counts as: letters, digits and marks, in one case; never empty, no space or punctuation.
    pub(crate) word: String,
    /// Where it stands in the text, in bytes.
    pub(crate) place: Range<usize>,
}

/// The terms of a text in the order in which they stand.
///
/// The text must be in Unicode's composed form (NFC), as [`super::plain_text`] makes it.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut cutter = Cutter::default();
    for (start, character) in text.char_indices() {
        let place = start..start + character.len_utf8();
        if is_ignored(character) {
            cutter.stretch(place);
        } else {
            fold(character, &mut |part| cutter.take(part, place.clone()));
        }
    }
    cutter.finish();
    cutter.terms
}

#[derive(Default)]
struct Cutter {
    terms: Vec<Term>,
    word: String,
    chars: usize,
    place: Range<usize>,
    /// Whether the term under way is a character that stands alone: marks may follow, letters begin another.
    is_single: bool,
}

impl Cutter {
    fn take(&mut self, part: char, place: Range<usize>) {
        if is_combining_mark(part) {
            // A mark without a letter is nothing that can be looked for.
            if !self.word.is_empty() {
                self.push(part, place);
            }
        } else if stands_alone(part) {
            self.finish();
            self.is_single = true;
            self.push(part, place);
        } else if part.is_alphanumeric() {
            if self.is_single {
                self.finish();
            }
            self.push(part, place);
        } else {
            self.finish();
        }
    }

    fn push(&mut self, part: char, place: Range<usize>) {
        if self.word.is_empty() {
            self.place = place.clone();
        }
        if self.chars < MAX_TERM_CHARS {
            self.word.push(part);
            self.chars += 1;
        }
        self.stretch(place);
    }

    fn stretch(&mut self, place: Range<usize>) {
        if !self.word.is_empty() {
            self.place.end = place.end;
        }
    }

    fn finish(&mut self) {
        if !self.word.is_empty() {
            let word = self.word.nfc().collect();
            self.terms.push(Term { word, place: self.place.clone() });
        }
        self.word.clear();
        self.chars = 0;
        self.is_single = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        terms(&text.nfc().collect::<String>()).into_iter().map(|term| term.word).collect()
    }

    #[track_caller]
    fn same(one: &str, other: &str) {
        assert_eq!(words(one), words(other), "{one} and {other}");
    }

    #[test]
    fn a_text_is_cut_at_what_is_neither_letter_nor_digit() {
        assert_eq!(
            words("Hello, big-world! 3.14 snake_case l'eau"),
            ["hello", "big", "world", "3", "14", "snake", "case", "l", "eau"]
        );
        assert_eq!(words(" \n\0\u{200b}… —"), [""; 0]);
    }

    #[test]
    fn case_width_and_ligatures_do_not_matter() {
        same("STRASSE", "straße");
        same("ﬁne", "FINE");
        same("Ｆｕｌｌ１２", "full12");
        same("Σίσυφος", "ΣΙΣΥΦΟΣ");
        same("İstanbul", "istanbul");
        same("IRMAK", "ırmak");
    }

    #[test]
    fn marks_that_people_leave_out_do_not_matter() {
        same("Café Ørsted Łódź", "cafe orsted lodz");
        same("cafe\u{301}", "café");
        same("tiếng Việt", "tieng viet");
        same("ёлка за\u{301}мок", "елка замок");
        same("شُكْرًا", "شكرا");
        same("أحمد إلى", "احمد الي");
        same("שָׁלוֹם", "שלום");
    }

    #[test]
    fn marks_that_make_another_letter_do_matter() {
        assert_ne!(words("мой"), words("мои"));
        assert_ne!(words("が"), words("か"));
        assert_ne!(words("कि"), words("की"));
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_characters() {
        assert_eq!(words("日本語の本"), ["日", "本", "語", "の", "本"]);
        assert_eq!(words("한국어"), ["한", "국", "어"]);
        assert_eq!(words("กินข้าว"), ["กิ", "น", "ข้", "า", "ว"]);
        assert_eq!(words("Rust入門2版"), ["rust", "入", "門", "2", "版"]);
        same("リンゴ", "りんご");
        same("ﾘﾝｺﾞ", "リンゴ");
    }

    #[test]
    fn a_picture_is_a_term_whatever_its_colour() {
        assert_eq!(words("ripe 🍐🍐 👍🏽"), ["ripe", "🍐", "🍐", "👍"]);
    }

    #[test]
    fn joiners_and_soft_hyphens_stand_in_a_word_unseen() {
        same("Donau\u{ad}dampf", "donaudampf");
        same("می\u{200c}خواهم", "میخواهم");
        same("مـــرحبا", "مرحبا");
    }

    #[test]
    fn a_term_knows_where_it_stands() {
        let text = "Äpfel und e\u{301}tudes, 日本";
        let places: Vec<&str> = terms(text).iter().map(|term| &text[term.place.clone()]).collect();
        assert_eq!(places, ["Äpfel", "und", "e\u{301}tudes", "日", "本"]);
    }

    #[test]
    fn an_endless_word_is_one_term_of_bounded_length() {
        let words = words(&"a".repeat(100_000));
        assert_eq!((words.len(), words[0].len()), (1, MAX_TERM_CHARS));
    }
}
