//! A comment's body: CommonMark in, harmless HTML out.

use super::{sanitise, tree};
use comrak::{Arena, Options, format_html, parse_document};

/// Renders a body: CommonMark with bare links, strikethrough and every newline kept. The result is sanitised and ready to show.
///
/// Tags typed by the author show as text, an image becomes a link, a heading a bold paragraph; links are `http`, `https` or
/// `mailto`. Takes time in proportion to the input and little stack, whatever comes in; how long it may be, the caller decides.
#[must_use]
pub fn render(markdown: &str) -> String {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, &printable(markdown), &options);
    tree::reshape(&arena, root);
    let mut html = String::with_capacity(markdown.len() * 2);
    // Writing to a String cannot fail; were it to, an empty body is safe.
    if format_html(root, &options, &mut html).is_err() {
        return String::new();
    }
    sanitise::clean(&html)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.hardbreaks = true;
    options
}

/// The text with one kind of newline and without characters that only disturb: controls, and the overrides that turn text round
/// so that a link reads as another one.
fn printable(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut previous = '\0';
    for character in markdown.chars() {
        match character {
            '\n' if previous == '\r' => {}
            '\r' => text.push('\n'),
            '\n' | '\t' => text.push(character),
            '\u{202d}' | '\u{202e}' => {}
            _ if character.is_control() => {}
            _ => text.push(character),
        }
        previous = character;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn commonmark_reads_as_the_standard_says() {
        for (markdown, html) in [
            ("plain", "<p>plain</p>\n"),
            (
                "*em* _em_ **strong** __strong__",
                "<p><em>em</em> <em>em</em> <strong>strong</strong> <strong>strong</strong></p>\n",
            ),
            ("~~gone~~", "<p><del>gone</del></p>\n"),
            ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
            ("``a ` b``", "<p><code>a ` b</code></p>\n"),
            ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"),
            ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
            ("7) a", "<ol start=\"7\">\n<li>a</li>\n</ol>\n"),
            ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
            ("---", "<hr>\n"),
            ("    code", "<pre><code>code\n</code></pre>\n"),
            ("```rust\nlet a = \"<b>\";\n```", "<pre><code>let a = \"&lt;b&gt;\";\n</code></pre>\n"),
            ("~~~\nopen\n", "<pre><code>open\n</code></pre>\n"),
            (r"\*not em\*", "<p>*not em*</p>\n"),
            ("&amp; &copy; &#65; &nope;", "<p>&amp; © A &amp;nope;</p>\n"),
            ("snake_case_word", "<p>snake_case_word</p>\n"),
            ("a*b*c", "<p>a<em>b</em>c</p>\n"),
            ("***both***", "<p><em><strong>both</strong></em></p>\n"),
            ("**open", "<p>**open</p>\n"),
            ("| a |\n|---|\n| b |", "<p>| a |<br>\n|---|<br>\n| b |</p>\n"),
            ("- [ ] task", "<ul>\n<li>[ ] task</li>\n</ul>\n"),
            ("a[^1]\n\n[^1]: a note", "<p>a[^1]</p>\n<p>[^1]: a note</p>\n"),
            ("", ""),
            (" \n\t\n", ""),
        ] {
            assert_eq!(render(markdown), html, "{markdown:?}");
        }
    }

    #[test]
    fn every_newline_is_kept() {
        assert_eq!(render("a\nb"), "<p>a<br>\nb</p>\n");
        assert_eq!(render("a\r\nb\rc"), "<p>a<br>\nb<br>\nc</p>\n");
        assert_eq!(render("a  \nb\\\nc"), "<p>a<br>\nb<br>\nc</p>\n");
    }

    #[test]
    fn typed_tags_show_as_text() {
        assert_eq!(render("a <b>bold</b>"), "<p>a &lt;b&gt;bold&lt;/b&gt;</p>\n");
        assert_eq!(render("<div>\nx\n</div>\n\ny"), "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>\n<p>y</p>\n");
        assert_eq!(render("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        assert_eq!(render("<!-- hidden -->"), "<p>&lt;!-- hidden --&gt;</p>\n");
    }

    #[test]
    fn a_heading_is_a_bold_paragraph() {
        for markdown in ["# a *b*", "###### a *b*", "a *b*\n==="] {
            assert_eq!(render(markdown), "<p><strong>a <em>b</em></strong></p>\n", "{markdown:?}");
        }
        assert_eq!(render("#"), "");
    }

    #[test]
    fn characters_that_only_disturb_are_left_out() {
        assert_eq!(render("a\0b\u{1b}c\u{202e}d\u{85}e"), "<p>abcde</p>\n");
    }

    #[test]
    fn nesting_ends_at_a_limit_and_loses_no_text() {
        let html = render(&format!("{}deep", "> ".repeat(200)));
        assert_eq!(html.matches("<blockquote>").count(), super::tree::MAX_NESTING);
        assert!(html.contains("deep"));
        let list: String = (0..60).map(|level| format!("{}- level {level}\n", "  ".repeat(level))).collect();
        let html = render(&list);
        assert!(html.contains("level 59"), "{html}");
        assert_eq!(html.matches("<ul>").count(), super::tree::MAX_NESTING / 2);
    }
}
