//! Addresses by pattern, `*` standing for anything.

/// Whether `url` consists of the pattern's parts in their order, with anything where `*` stands.
pub(crate) fn fits(url: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| url.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_is_held_against_the_whole_address() {
        assert!(fits("http://a/v1/thread.html?site=b", "*/v1/thread.html*"));
        assert!(fits("http://a/assets/widget.wasm", "*.wasm"));
        assert!(fits("http://a/", "http://a/"));
        assert!(!fits("http://a/b", "http://a/"));
        assert!(!fits("http://a/assets/widget.wasm?x", "*.wasm"));
        assert!(!fits("http://a/v1/comments", "*/v1/thread.html*"));
    }
}
