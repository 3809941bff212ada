//! The words of a comment without their markup.

/// The text of HTML that our own sanitiser wrote: tags fall away, the five entities it writes are read.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, length) = if rest.starts_with('<') { ("", tag_length(rest)) } else { entity(rest) };
        text.push_str(written);
        rest = &rest[length..];
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// How many bytes a tag takes; a `>` inside an attribute's quotes does not end it.
fn tag_length(html: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// What an entity stands for, and how many bytes it takes.
fn entity(html: &str) -> (&'static str, usize) {
    const ENTITIES: [(&str, &str); 5] = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")];
    let known = ENTITIES.iter().find(|(name, _)| html.starts_with(name));
    known.map_or(("&", 1), |(name, letter)| (letter, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_fall_away_and_entities_are_read() {
        let html = "<p>a &lt;b&gt; &amp;amp; <a href=\"https://x.example/?a>b\" rel=\"nofollow\">link</a></p>\n<p>c&nbsp;d</p>\n";
        assert_eq!(plain_text(html), "a <b> &amp; link\nc\u{a0}d");
    }

    #[test]
    fn a_tag_that_never_ends_hides_what_follows() {
        assert_eq!(plain_text("a<b c=\"d>e"), "a");
    }
}
