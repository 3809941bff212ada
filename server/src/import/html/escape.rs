//! Plain text as markdown that shows exactly that text.

/// Writes a word (no whitespace in it) so that markdown sees no markup in it. `starts_line` when nothing but whitespace and
/// containers stands before it; `in_link` when it is part of a link's text.
pub(super) fn push_word(out: &mut String, word: &str, starts_line: bool, in_link: bool) {
    if !in_link && is_bare_link(word) {
        out.push_str(word);
        return;
    }
    let body = if starts_line { push_line_start(out, word) } else { word };
    for character in body.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Links typed into the text stay links, so what is in them stays as typed.
fn is_bare_link(word: &str) -> bool {
    let is_link = ["http://", "https://", "www."].iter().any(|start| word.starts_with(start));
    is_link && !word.contains(['<', '>', '`', '\\', '[', ']'])
}

/// Writes what would begin a heading, list, rule or quote, made harmless. Returns the rest of the word.
fn push_line_start<'w>(out: &mut String, word: &'w str) -> &'w str {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let after = &word[digits..];
    if (1..=9).contains(&digits) && after.starts_with(['.', ')']) {
        out.push_str(&word[..digits]);
        out.push('\\');
        out.push_str(&after[..1]);
        return &after[1..];
    }
    if let Some(first) = word.chars().next().filter(|first| matches!(first, '#' | '-' | '+' | '=' | '|' | ':')) {
        out.push('\\');
        out.push(first);
        return &word[1..];
    }
    word
}
