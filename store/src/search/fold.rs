//! Characters that count as the same.

use unicode_normalization::UnicodeNormalization;

/// What a character counts as: in one form (compatible ones too: `ﬁ`, `Ａ`, `ｶ`), in one case, without the marks that people
/// leave out when they search.
///
/// Where a mark makes another letter in the eyes of those who write it (Cyrillic `й`, Japanese `が`, Indian vowel signs) it stays.
pub(super) fn fold(character: char, out: &mut impl FnMut(char)) {
    if is_letter_with_its_mark(character) {
        return lower(character, out);
    }
    for part in std::iter::once(character).nfkd().filter(|part| !is_left_out(*part)) {
        lower(part, out);
    }
}

/// Composed syllables of Korean, and Cyrillic letters other than those whose mark is optional.
fn is_letter_with_its_mark(character: char) -> bool {
    let is_cyrillic = matches!(character, '\u{400}'..='\u{4ff}') && !matches!(character, 'Ѐ' | 'Ё' | 'Ѝ' | 'ѐ' | 'ё' | 'ѝ');
    is_cyrillic || matches!(character, '\u{ac00}'..='\u{d7a3}')
}

/// Marks over and under Latin, Greek and Cyrillic letters; Hebrew points; Arabic vowel signs and the hamza on another letter.
fn is_left_out(part: char) -> bool {
    matches!(part,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}')
}

/// Through upper case first: so `ß` counts as `ss`, `ς` as `σ`, and the Turkish `ı` as `i`.
fn lower(part: char, out: &mut impl FnMut(char)) {
    part.to_uppercase().flat_map(char::to_lowercase).for_each(|letter| plain(letter, out));
}

/// Letters whose stroke or joint is no mark in Unicode, but is left out all the same; Arabic letters that are confused; Katakana
/// as Hiragana.
fn plain(letter: char, out: &mut impl FnMut(char)) {
    let folded = match letter {
        '\u{300}'..='\u{36f}' => return,
        'æ' => return "ae".chars().for_each(out),
        'œ' => return "oe".chars().for_each(out),
        'þ' => return "th".chars().for_each(out),
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    };
    out(folded);
}
