//! Names people give themselves.

use super::FieldError;
use afterword_wire::limits::MAX_NAME_CHARS;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::emoji::is_zwj;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};

/// Most combining marks that stay on one base: more only climb into the neighbours' lines.
const MAX_MARKS: usize = 4;

/// A display name: NFKC, one line, nothing invisible or overriding in it, at most four marks on a base; emoji sequences stay whole.
///
/// # Errors
/// Nothing of it can be seen, or it is longer than [`MAX_NAME_CHARS`] once cleaned.
pub fn clean_name(typed: &str) -> Result<String, FieldError> {
    let name = plain_line(typed);
    match name.chars().count() {
        0 => Err(FieldError { message: "a name is required; none that can be seen came".to_owned() }),
        count if count > MAX_NAME_CHARS => {
            Err(FieldError { message: format!("the name is {count} characters; at most {MAX_NAME_CHARS} are allowed") })
        }
        _ => Ok(name),
    }
}

/// Text as one harmless line: see [`clean_name`], without the limits.
pub(super) fn plain_line(typed: &str) -> String {
    let visible = visible(&typed.nfkc().collect::<String>());
    // What was dropped may have kept a base and its mark apart: join them now, so that a second cleaning finds nothing to do.
    visible.nfkc().collect()
}

fn visible(text: &str) -> String {
    let mut line = Line::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character.is_whitespace() || character == '\u{2800}' {
            line.has_gap = true;
        } else if is_zwj(character) {
            let joins = line.ends_with_emoji && characters.peek().is_some_and(|next| is_pictograph(*next));
            line.push_if(joins, character);
        } else if is_presentation_selector(character) {
            let selects = line.ends_with_emoji || line.text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '#' | '*'));
            line.push_if(selects && !line.text.ends_with(is_presentation_selector), character);
        } else if is_combining_mark(character) {
            line.push_mark(character);
        } else if !is_disturbing(character) {
            line.push_base(character);
        }
    }
    line.text
}

/// The line so far.
#[derive(Default)]
struct Line {
    text: String,
    /// Marks since the last base; `None` when there is no base to carry one.
    marks: Option<usize>,
    /// Whitespace came since.
    has_gap: bool,
    /// Whether the last thing is an emoji, so that a joiner may follow.
    ends_with_emoji: bool,
}

impl Line {
    fn push_base(&mut self, character: char) {
        if self.has_gap && !self.text.is_empty() {
            self.text.push(' ');
        }
        // A skin tone continues the emoji before it.
        self.ends_with_emoji = is_pictograph(character);
        self.has_gap = false;
        self.marks = Some(0);
        self.text.push(character);
    }

    fn push_mark(&mut self, character: char) {
        if let Some(marks) = self.marks.filter(|marks| *marks < MAX_MARKS && !self.has_gap && !is_blank_mark(character)) {
            self.marks = Some(marks + 1);
            self.text.push(character);
        }
    }

    fn push_if(&mut self, belongs: bool, character: char) {
        if belongs && !self.has_gap {
            self.text.push(character);
        }
    }
}

/// An emoji that joiners bind; digits and `#`, which can also be emoji, are not meant.
fn is_pictograph(character: char) -> bool {
    !character.is_ascii()
        && character.is_emoji_char_or_emoji_component()
        && !is_zwj(character)
        && !is_presentation_selector(character)
}

fn is_presentation_selector(character: char) -> bool {
    matches!(character, '\u{fe0e}' | '\u{fe0f}')
}

/// Combining by category, but drawn as nothing: joiners of graphemes and selectors of variants.
fn is_blank_mark(character: char) -> bool {
    matches!(character, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Controls, formats (zero-width, bidi), private and unassigned characters, and letters drawn as nothing.
fn is_disturbing(character: char) -> bool {
    character.general_category_group() == GeneralCategoryGroup::Other
        || character.general_category() == GeneralCategory::Format
        || matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(typed: &str) -> String {
        clean_name(typed).expect("the name is acceptable")
    }

    #[test]
    fn names_of_many_scripts_stay_as_they_are() {
        for name in [
            "Mara",
            "José",
            "Ngũgĩ wa Thiong'o",
            "李小龙",
            "محمد",
            "Ольга",
            "यशस्वी",
            "O'Brien-Smith",
            "ไม้เอก",
            "Nguyễn",
            "김철수",
        ] {
            assert_eq!(cleaned(name), name);
        }
    }

    #[test]
    fn compatibility_forms_are_written_plainly() {
        assert_eq!(cleaned("Ｍａｒａ"), "Mara");
        assert_eq!(cleaned("ﬁn"), "fin");
        assert_eq!(cleaned("Jose\u{301}"), "José");
    }

    #[test]
    fn nothing_invisible_or_overriding_stays() {
        assert_eq!(
            cleaned("a\u{202e}b\u{200b}c\u{200d}d\u{feff}e\u{ad}f\0g\u{2066}h\u{3164}i\u{e0001}j\u{fe0f}k"),
            "abcdefghijk"
        );
        assert_eq!(cleaned("  a \t\r\n\u{2028}\u{a0} b  "), "a b");
    }

    #[test]
    fn emoji_sequences_stay_whole() {
        for name in ["👩‍👩‍👧‍👦", "👩🏽‍💻 Mara", "❤️‍🔥", "🏳️‍🌈", "🇩🇪", "1️⃣", "☺️"]
        {
            assert_eq!(cleaned(name), name);
        }
        assert_eq!(cleaned("👩\u{200d}"), "👩");
        assert_eq!(cleaned("👩\u{200d}\u{200d}💻a\u{200d}💻"), "👩\u{200d}💻a💻");
    }

    #[test]
    fn a_base_carries_at_most_four_marks() {
        let stacked = format!("a{}", "\u{330}".repeat(40));
        assert_eq!(cleaned(&stacked).chars().filter(|c| is_combining_mark(*c)).count(), MAX_MARKS);
        assert_eq!(cleaned("\u{330}a"), "a");
    }

    #[test]
    fn a_name_that_cannot_be_seen_is_refused() {
        for typed in ["", " ", "\u{200b}\u{2800}", "\u{202e}", "\u{3164}", "\u{301}"] {
            assert!(clean_name(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn a_name_longer_than_the_limit_is_refused_with_both_numbers() {
        assert!(clean_name(&"é".repeat(MAX_NAME_CHARS)).is_ok());
        let error = clean_name(&"a".repeat(MAX_NAME_CHARS + 1)).expect_err("too long");
        assert_eq!(error.message, "the name is 81 characters; at most 80 are allowed");
    }
}
