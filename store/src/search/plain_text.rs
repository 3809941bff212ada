//! The text that a reader of rendered HTML sees.

use unicode_normalization::UnicodeNormalization;

/// The text of a body as this program renders and sanitises it: tags left out, blocks on lines of their own, references
/// resolved, in Unicode's composed form.
///
/// Source: `body_html` of a comment. Of HTML from anywhere else only this is promised, that there is an answer: it is text and must
/// be escaped like any other.
///
/// ```
/// let text = afterword_store::search::plain_text("<p>Ripe <em>pears</em> &amp; apples</p>\n<ul>\n<li>one</li>\n</ul>");
/// assert_eq!(text, "Ripe pears & apples\none");
/// ```
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = if rest[at..].starts_with('<') { skip_tag(&rest[at..], &mut text) } else { resolve(&rest[at..], &mut text) };
    }
    text.push_str(rest);
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    composed(&lines.collect::<Vec<_>>().join("\n"))
}

/// A text that is none of HTML, in the form in which terms are looked for: Unicode's composed one (NFC).
#[must_use]
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Reads over a tag; one that ends a line of reading leaves a line break. Returns what stands behind it.
fn skip_tag<'a>(tag: &'a str, text: &mut String) -> &'a str {
    let mut quote = None;
    let end = tag.char_indices().find(|(_, character)| match (quote, character) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(*character);
            false
        }
        (Some(open), close) if open == *close => {
            quote = None;
            false
        }
        _ => false,
    });
    let inside = &tag[1..end.map_or(tag.len(), |(at, _)| at)];
    let name = inside.trim_start_matches('/').split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or("");
    if !matches!(name, "em" | "strong" | "del" | "code" | "a") {
        text.push('\n');
    }
    end.map_or("", |(at, _)| &tag[at + 1..])
}

/// Resolves one of the references that the sanitiser writes; any other `&` stands for itself. Returns what stands behind it.
fn resolve<'a>(reference: &'a str, text: &mut String) -> &'a str {
    let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", ' '), ("&#39;", '\'')];
    let found = known.into_iter().find_map(|(written, meant)| Some((reference.strip_prefix(written)?, meant)));
    let (rest, meant) = found.unwrap_or((&reference[1..], '&'));
    text.push(meant);
    rest
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn blocks_part_words_and_inline_elements_do_not() {
        assert_eq!(plain_text("<p>un<em>believ</em>able</p>\n<p>next</p>"), "unbelievable\nnext");
        assert_eq!(plain_text("<p>one<br />\ntwo</p><hr><pre><code>a  b\nc\n</code></pre>"), "one\ntwo\na  b\nc");
    }

    #[test]
    fn what_looks_like_a_tag_but_is_text_stays_text() {
        assert_eq!(plain_text("<p>&lt;script&gt;x&lt;/script&gt; &amp;lt; &unknown;</p>"), "<script>x</script> &lt; &unknown;");
    }

    #[test]
    fn a_link_is_its_text_whatever_its_address_holds() {
        assert_eq!(plain_text("<a href=\"mailto:a>b\" rel='x>\"y'>write</a> me"), "write me");
    }

    #[test]
    fn text_is_composed() {
        assert_eq!(plain_text("<p>cafe\u{301}</p>"), "café");
    }

    #[test]
    fn any_text_has_an_answer() {
        for html in ["<", "<a", "<a href=\"", "&", "&amp", "</", "<>", "é<é>é", "\0<p>\0"] {
            let _ = plain_text(html);
        }
        assert_eq!(plain_text("a<b"), "a");
    }
}
