//! Large numbers as each of our languages writes them: for the server, where there is no `Intl`. `tests/numbers.rs` holds
//! it against the browser's. Digits are 0 to 9 everywhere.

/// A whole number with the separators of a language, by its tag: 12,345 in English, 12.345 in German.
#[must_use]
pub fn grouped_number(tag: &str, number: u32) -> String {
    let (separator, grouped_from) = match tag.split('-').next().unwrap_or_default() {
        "de" | "pt" | "tr" => (".", 1_000),
        "es" => (".", 10_000),
        "fr" => ("\u{202f}", 1_000),
        "ru" => ("\u{a0}", 1_000),
        _ => (",", 1_000),
    };
    let mut text = number.to_string();
    if number < grouped_from {
        return text;
    }
    // In India only the last group has three digits: 12,34,567.
    let step = if tag == "hi" { 2 } else { 3 };
    let mut at = text.len().saturating_sub(3);
    while at > 0 {
        text.insert_str(at, separator);
        at = at.saturating_sub(step);
    }
    text
}
