//! An author's website and other addresses of pages.

use afterword_wire::limits::MAX_URL_CHARS;
use url::{Host, Url};

/// An absolute http or https URL, written anew from its parsed form, without user name and password. `example.org` is taken for
/// `https://example.org/`. `None` for everything else, and for more than [`MAX_URL_CHARS`] characters.
#[must_use]
pub fn clean_url(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.len() > MAX_URL_CHARS * 4 {
        return None;
    }
    let mut url = if has_web_scheme(typed) { Url::parse(typed).ok()? } else { parse_without_scheme(typed)? };
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    if !has_plain_host(&url) {
        return None;
    }
    let written = String::from(url);
    (written.chars().count() <= MAX_URL_CHARS).then_some(written)
}

/// Whether the host is a name of letters, digits, hyphens and underscores, or an IP address. The URL standard lets quotes, braces
/// and more through; no such host exists, and each reader of the URL would read it differently.
pub(super) fn has_plain_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

fn has_web_scheme(typed: &str) -> bool {
    let scheme = typed.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// A host with a dot and perhaps a port, then perhaps a path: nothing that could be a scheme.
fn parse_without_scheme(typed: &str) -> Option<Url> {
    let authority = typed.split(['/', '?', '#', '\\']).next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_host =
        host.contains('.') && !host.contains('@') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if !is_host || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Url::parse(&format!("https://{typed}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_is_written_again_from_its_parsed_form() {
        for (typed, clean) in [
            ("https://example.org", "https://example.org/"),
            (" HTTP://Example.org/A ", "http://example.org/A"),
            ("example.org", "https://example.org/"),
            ("example.org:8080/x?y#z", "https://example.org:8080/x?y#z"),
            ("https://me:secret@example.org/", "https://example.org/"),
            ("https://example.org/\"><script>", "https://example.org/%22%3E%3Cscript%3E"),
        ] {
            assert_eq!(clean_url(typed).as_deref(), Some(clean), "{typed}");
        }
    }

    #[test]
    fn anything_but_a_web_address_is_refused() {
        for typed in [
            "",
            " ",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "mailto:a@example.org",
            "ftp://example.org",
            "//example.org",
            "/path",
            "localhost",
            "me@example.org",
            "http://",
            "x.y:alert(1)",
            "https://a\"b.example/",
            "https://a`.example/",
            "ja\nva.script:1",
        ] {
            assert_eq!(clean_url(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn a_website_longer_than_the_limit_is_refused() {
        let fits = format!("https://example.org/{}", "a".repeat(MAX_URL_CHARS - 20));
        assert!(clean_url(&fits).is_some());
        assert_eq!(clean_url(&format!("{fits}a")), None);
    }
}
