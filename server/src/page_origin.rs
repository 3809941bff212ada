//! Which page a request comes from, as the browser states it.

use crate::failure::{Answer, Failure};
use afterword_store::Site;
use afterword_wire::ErrorCode;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// How page and server are related, as browsers say it.
pub const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The origin of one of the site's own pages, as it came in `Origin`.
#[derive(Clone, Debug)]
pub struct PageOrigin(HeaderValue);

impl PageOrigin {
    /// Takes the request's `Origin` when it is exactly one of the site's, or this server's own, whose frame only pages of the
    /// site can show; `None` when there is none.
    ///
    /// # Errors
    /// `origin_not_allowed` for any other, `null` and several at once included.
    pub fn of_site(site: &Site, headers: &HeaderMap) -> Answer<Option<Self>> {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let Some(origin) = origins.next() else { return Ok(None) };
        let is_listed = site.origins.iter().any(|listed| listed.as_bytes() == origin.as_bytes()) || is_own_frame(headers);
        if !is_listed || origins.next().is_some() || origin.as_bytes() == b"null" {
            return Err(not_allowed("this page's origin is not one of the site's; `afterword site add` lists them"));
        }
        Ok(Some(Self(origin.clone())))
    }

    /// As [`PageOrigin::of_site`], for requests that every browser sends with an `Origin`.
    ///
    /// # Errors
    /// `origin_not_allowed`, when there is none too.
    pub fn required(site: &Site, headers: &HeaderMap) -> Answer<Self> {
        let origin = Self::of_site(site, headers)?;
        origin.ok_or_else(|| not_allowed("the request carries no `Origin`; only pages of the site may write"))
    }

    /// As text: scheme, host, port.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// Lets the page read the answer.
    pub fn allow_in(&self, headers: &mut HeaderMap) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, self.0.clone());
    }
}

/// Checks that a browser which says how page and server are related says a script of a page asks, not a person's navigation.
///
/// # Errors
/// `origin_not_allowed`.
pub fn check_fetch_site(headers: &HeaderMap) -> Answer<()> {
    let is_script = |relation: &HeaderValue| matches!(relation.as_bytes(), b"cross-site" | b"same-site" | b"same-origin");
    if !headers.get_all(SEC_FETCH_SITE).iter().all(is_script) {
        return Err(not_allowed("the browser says that no page's script sent this"));
    }
    Ok(())
}

/// Whether the browser says that a page of this very server asks: its frame.
fn is_own_frame(headers: &HeaderMap) -> bool {
    headers.get(SEC_FETCH_SITE).is_some_and(|relation| relation == "same-origin") && is_own_origin(headers, None)
}

/// Whether the one `Origin` names the host that was asked, or the public address.
pub fn is_own_origin(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter().filter_map(|origin| origin.to_str().ok());
    let (Some(origin), None) = (origins.next(), origins.next()) else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let is_host = origin.split_once("://").is_some_and(|(_, named)| Some(named) == host);
    is_host || public_url.is_some_and(|url| url.trim_end_matches('/') == origin)
}

fn not_allowed(message: &str) -> Failure {
    Failure::new(ErrorCode::OriginNotAllowed, message)
}
