//! Which characters stand for themselves.

/// Whether a character belongs to a script that is written without spaces between words, or whose words carry endings that are
/// written on: such characters are terms of their own, and a word of them is a sequence of terms.
pub(super) fn stands_alone(character: char) -> bool {
    let is_of_such_a_script = matches!(character,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1100}'..='\u{11ff}' // Korean letters
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}' | '\u{3038}'..='\u{303c}'
        | '\u{3041}'..='\u{312f}' // Hiragana, Katakana, Bopomofo
        | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}' // Han
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' // Burmese
        | '\u{ac00}'..='\u{d7ff}' // Korean syllables
        | '\u{1b000}'..='\u{1b16f}' // Kana
        | '\u{20000}'..='\u{3ffff}'); // Han
    is_of_such_a_script && character.is_alphanumeric() || is_pictograph(character)
}

/// Whether more marks may be typed onto this character, so that while typing it is only the beginning of a term.
pub(super) fn takes_marks(character: char) -> bool {
    matches!(character, '\u{0e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{aa7f}')
}

fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// Whether a character changes nothing about the word in which it stands: joiners, soft hyphens, variants, skin tones, the
/// Arabic stroke that lengthens.
pub(super) fn is_ignored(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{640}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}
