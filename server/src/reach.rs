//! How our own document reaches a reader, which decides whether it can have forms.

use crate::failure::{Answer, Failure};
use crate::page_origin::{SEC_FETCH_SITE, is_own_origin};
use afterword_wire::ErrorCode;
use axum::http::{HeaderMap, HeaderName, header};

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// How the document reaches a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// In a tab of its own, in a browser that keeps our cookie.
    Tab,
    /// In a frame of another page, where our cookie is a third party's.
    Frame,
    /// Over plain http, where browsers refuse our cookie; or nothing says otherwise.
    Plain,
}

impl Reach {
    /// What the header fields say. Browsers send `Sec-Fetch-*` over https and to this machine only, so that its presence is
    /// the sign that the cookie will be kept; for older ones the proxy's or the operator's word is taken. A wrong word costs
    /// nothing but a form that is refused: no secret rests on it.
    pub fn of(headers: &HeaderMap, public_url: Option<&str>) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if matches!(text(SEC_FETCH_DEST), Some("iframe" | "frame" | "embed" | "object" | "fencedframe")) {
            return Self::Frame;
        }
        let is_kept = text(SEC_FETCH_SITE).is_some()
            || text(FORWARDED_PROTO) == Some("https")
            || public_url.is_some_and(|url| url.starts_with("https://"))
            || text(header::HOST).is_some_and(is_this_machine);
        if is_kept { Self::Tab } else { Self::Plain }
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Checks that a form was sent from a page of this server. A browser that says how page and server are related is believed: no
/// page can make it lie. Else `Origin` must name the host that was asked, or the public address.
///
/// # Errors
/// `origin_not_allowed`.
pub fn check_own_page(headers: &HeaderMap, public_url: Option<&str>) -> Answer<()> {
    let is_own = match headers.get(SEC_FETCH_SITE) {
        // A reader who loads the page again is nobody's tool: then it is `none`.
        Some(relation) => {
            matches!(relation.as_bytes(), b"same-origin" | b"none") && headers.get_all(SEC_FETCH_SITE).iter().count() == 1
        }
        None => is_own_origin(headers, public_url),
    };
    if is_own { Ok(()) } else { Err(Failure::new(ErrorCode::OriginNotAllowed, "a form can be sent from its own page only")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a header value"))).collect()
    }

    #[test]
    fn forms_are_for_tabs_in_which_the_cookie_is_kept() {
        let reach = |pairs: &[(&'static str, &str)]| Reach::of(&headers(pairs), None);
        assert_eq!(reach(&[("host", "c.example")]), Reach::Plain);
        assert_eq!(reach(&[("host", "c.example"), ("sec-fetch-site", "none"), ("sec-fetch-dest", "document")]), Reach::Tab);
        assert_eq!(reach(&[("host", "c.example"), ("x-forwarded-proto", "https")]), Reach::Tab);
        for host in ["localhost:1", "127.0.0.1:8788", "[::1]:80", "localhost"] {
            assert_eq!(reach(&[("host", host)]), Reach::Tab, "{host}");
        }
        assert_eq!(reach(&[("host", "localhost.evil.example")]), Reach::Plain);
        assert_eq!(Reach::of(&headers(&[]), Some("https://c.example")), Reach::Tab);
        assert_eq!(reach(&[("host", "localhost"), ("sec-fetch-dest", "iframe")]), Reach::Frame);
    }

    #[test]
    fn only_our_own_page_may_send_a_form() {
        let check = |pairs: &[(&'static str, &str)]| check_own_page(&headers(pairs), Some("https://public.example")).is_ok();
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        for relation in ["cross-site", "same-site", "", "same-origin, cross-site"] {
            assert!(
                !check(&[("sec-fetch-site", relation), ("origin", "https://c.example"), ("host", "c.example")]),
                "{relation}"
            );
        }
        assert!(check(&[("origin", "https://c.example"), ("host", "c.example")]));
        assert!(check(&[("origin", "https://public.example"), ("host", "inner:8788")]));
        for origin in ["null", "https://evil.example", "c.example", "https://c.example.evil.example", "https://c.example:444"] {
            assert!(!check(&[("origin", origin), ("host", "c.example")]), "{origin}");
        }
        assert!(!check(&[("host", "c.example")]), "no word is no yes");
    }
}
