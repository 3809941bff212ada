//! Links in a body: where they may lead, and what their text may claim.

use super::url::has_plain_host;
use afterword_wire::limits::MAX_URL_CHARS;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use url::Url;

/// Where a link leads, written anew from its parsed form.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// Absolute; http, https or mailto; without user name and password.
    pub url: String,
    /// What a reader must know of it: the host, in ASCII as DNS has it; for mail the address.
    pub place: String,
}

impl Target {
    /// `None` for anything that is not an absolute http, https or mailto URL of acceptable length.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.chars().count() > MAX_URL_CHARS {
            return None;
        }
        let url = Url::parse(typed.trim()).ok()?;
        let target = match url.scheme() {
            "http" | "https" => web(url)?,
            "mailto" => mail(&url)?,
            _ => return None,
        };
        (target.url.chars().count() <= MAX_URL_CHARS).then_some(target)
    }
}

fn web(mut url: Url) -> Option<Target> {
    // What stands before an @ is only ever there to look like a host.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    if !has_plain_host(&url) {
        return None;
    }
    let place = url.host_str()?.to_owned();
    Some(Target { url: url.into(), place })
}

/// The bare address: a query could add recipients and a text the reader never sees.
fn mail(url: &Url) -> Option<Target> {
    let address = url.path();
    let (local, domain) = address.split_once('@')?;
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&'*+-/=?^_{|}~.".contains(&byte))
    };
    (is_plain(local) && is_plain(domain)).then(|| Target { url: format!("mailto:{address}"), place: address.to_owned() })
}

/// Whether a link's text names a host (or mail address) that is not the one it leads to.
pub fn names_another_place(text: &str, place: &str) -> bool {
    let mail_domain = place.split_once('@').map(|(_, domain)| domain);
    let real = bare(mail_domain.unwrap_or(place));
    text.nfkc()
        .filter(|character| character.general_category() != GeneralCategory::Format)
        .map(|character| if character == '。' { '.' } else { character })
        .collect::<String>()
        .split_whitespace()
        .flat_map(hosts_named)
        .any(|host| bare(&host) != real)
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Everything in a word, up to its path, that reads as a host; in the form DNS has it.
fn hosts_named(word: &str) -> Vec<String> {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    let authority = word.split(['/', '?', '#', '\\']).next().unwrap_or(word);
    authority
        .split(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '.')))
        .map(|run| run.trim_matches(['.', '-']))
        .filter(|run| looks_like_host(run))
        .filter_map(|run| Url::parse(&format!("https://{run}")).ok()?.host_str().map(str::to_owned))
        .collect()
}

/// A dot, and behind the last one letters (a top-level domain) or a whole IPv4 address.
fn looks_like_host(run: &str) -> bool {
    let Some((_, last)) = run.rsplit_once('.') else {
        return false;
    };
    let is_domain = last.chars().count() >= 2 && last.chars().next().is_some_and(char::is_alphabetic);
    is_domain || run.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown::render;

    const REL: &str = "rel=\"nofollow ugc noopener noreferrer\"";

    #[test]
    fn bare_links_become_links() {
        for (typed, href) in [
            ("https://example.org/a?b=c&d", "https://example.org/a?b=c&amp;d"),
            ("http://example.org", "http://example.org/"),
            ("www.example.org/x", "http://www.example.org/x"),
            ("<https://example.org>", "https://example.org/"),
        ] {
            let html = render(typed);
            assert!(html.contains(&format!("<a href=\"{href}\" {REL}>")), "{typed}: {html}");
            assert!(!html.contains(" ("), "{typed}: {html}");
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_allowed_is_plain_text() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#9;script:alert(1)",
            "&#106;avascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//evil.example",
            "/relative",
            "#fragment",
            "ftp://example.org",
            "blob:https://example.org/x",
            "http://",
            "https://[",
            "https://a\"b.example/",
            "mailto:",
            "mailto:a@b%0d%0aBcc:c@d",
        ] {
            assert_eq!(render(&format!("[text]({url})")), "<p>text</p>\n", "{url}");
        }
        assert_eq!(render("<javascript:alert(1)>"), "<p>javascript:alert(1)</p>\n");
    }

    #[test]
    fn a_link_longer_than_the_limit_is_plain_text() {
        let stem = "https://example.org/";
        let fits = format!("{stem}{}", "a".repeat(MAX_URL_CHARS - stem.len()));
        assert!(Target::parse(&fits).is_some());
        assert!(Target::parse(&format!("{fits}a")).is_none());
        assert!(Target::parse(&format!("{stem}{}", "é".repeat(MAX_URL_CHARS / 2))).is_none(), "longer once written anew");
    }

    #[test]
    fn a_link_is_written_again_from_its_parsed_form() {
        assert!(render("[a](HTTPS://Example.ORG:443/%7Eb/../c)").contains("href=\"https://example.org/c\""));
        assert!(render("[a](https://user:secret@example.org/)").contains("href=\"https://example.org/\""));
        assert!(render("[a](mailto:a@example.org?bcc=b@example.org)").contains("href=\"mailto:a@example.org\""));
        assert!(render("[a](https://bücher.example)").contains("href=\"https://xn--bcher-kva.example/\""));
    }

    #[test]
    fn a_link_whose_text_names_another_host_shows_its_real_host() {
        for text in [
            "bank.example",
            "https://bank.example/login",
            "Bank.Example",
            "www.bank.example",
            "go to (bank.example)!",
            "ｂａｎｋ．ｅｘａｍｐｌｅ",
            "ba\u{200b}nk.example",
            "bank。example",
            "`bank.example`",
            "**bank**.example",
            "192.0.2.1",
            "https://bank.example@evil.example/",
        ] {
            let html = render(&format!("[{text}](https://evil.example/)"));
            assert!(html.contains("</a> (evil.example)"), "{text}: {html}");
        }
        let html = render("https://bank.example@evil.example/");
        assert!(html.contains("(evil.example)") || !html.contains("href=\"https://evil.example"), "{html}");
    }

    #[test]
    fn a_link_whose_text_claims_nothing_else_stays_as_typed() {
        for text in
            ["here", "evil.example", "www.evil.example", "https://EVIL.example/a.html?b=c.de", "e.g.", "3.5 million", "a...b"]
        {
            let html = render(&format!("[{text}](https://evil.example/)"));
            assert!(!html.contains("(evil.example)"), "{text}: {html}");
        }
    }

    #[test]
    fn an_image_is_a_link_with_its_alternative_text() {
        assert_eq!(
            render("![a cat](https://example.org/cat.png)"),
            format!("<p><a href=\"https://example.org/cat.png\" {REL}>a cat</a></p>\n")
        );
        assert_eq!(
            render("![](https://example.org/cat.png)"),
            format!("<p><a href=\"https://example.org/cat.png\" {REL}>example.org</a></p>\n")
        );
        assert_eq!(
            render("[![a cat](https://example.org/cat.png)](https://example.com/)"),
            format!("<p><a href=\"https://example.com/\" {REL}>a cat</a></p>\n"),
        );
    }
}
