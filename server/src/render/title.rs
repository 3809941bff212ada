//! A page's title.

use super::name::plain_line;
use afterword_wire::limits::MAX_PAGE_TITLE_CHARS;

/// A title as one line of plain text, cut at [`MAX_PAGE_TITLE_CHARS`]; `None` when nothing of it can be seen. Markup in it stays
/// what was typed: text, to be escaped where it is shown.
#[must_use]
pub fn clean_title(typed: &str) -> Option<String> {
    // Four marks a base at most, and NFKC makes at most 18 characters of one: more than this cannot matter.
    let typed: String = typed.chars().take(MAX_PAGE_TITLE_CHARS * 8).collect();
    let line = plain_line(&typed);
    let cut: String = line.chars().take(MAX_PAGE_TITLE_CHARS).collect();
    let cut = cut.trim_end();
    (!cut.is_empty()).then(|| plain_line(cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_plain_text() {
        assert_eq!(clean_title("  Hello,\n World\u{202e}! ").as_deref(), Some("Hello, World!"));
        assert_eq!(clean_title("<b>a</b>").as_deref(), Some("<b>a</b>"));
        assert_eq!(clean_title("\u{200b} \n"), None);
    }

    #[test]
    fn a_title_longer_than_the_limit_is_cut() {
        let title = clean_title(&"é".repeat(MAX_PAGE_TITLE_CHARS + 1)).expect("it can be seen");
        assert_eq!(title.chars().count(), MAX_PAGE_TITLE_CHARS);
    }
}
