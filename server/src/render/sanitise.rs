//! The last gate: whatever the renderer made, only what is listed here passes.

use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements a body may hold.
const ELEMENTS: [&str; 13] = ["p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"];
/// Schemes a link may have.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// Search engines owe the link nothing; the page it leads to learns nothing and gets no handle on ours.
const REL: &str = "nofollow ugc noopener noreferrer";

static GATE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut gate = Builder::empty();
    gate.tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(REL));
    gate
});

/// HTML with only the elements, attributes and schemes a body may hold.
pub fn clean(html: &str) -> String {
    GATE.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_unlisted_passes_even_if_the_renderer_made_it() {
        for html in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<style>*{}</style>",
            "<iframe src=x></iframe>",
            "<!-- x -->",
            "<math><mi></math>",
            "<form><input>",
            "<table><td>",
        ] {
            assert!(!clean(html).contains('<'), "{html}: {}", clean(html));
        }
        assert_eq!(clean("<p style=x class=y id=z onclick=a>b</p>"), "<p>b</p>");
        assert_eq!(clean("<a href=javascript:x>b</a>"), "<a rel=\"nofollow ugc noopener noreferrer\">b</a>");
    }
}
