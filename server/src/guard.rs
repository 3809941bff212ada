//! What every request that acts, or shows what is one's own, must pass before its handler sees it (rule R9).

use crate::app::App;
use crate::client_address::{ClientAddress, PeerAddress};
use crate::comment_writes::Writer;
use crate::failure::{Answer, Failure};
use crate::page_origin::{PageOrigin, check_fetch_site};
use crate::query::Query;
use afterword_store::{Site, TokenHash};
use afterword_wire::ErrorCode;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// A request that was let in: which site it is for, and from which of its pages it comes.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The site.
    pub site: Arc<Site>,
    /// The page's origin; `None` where a browser sends none, which only a reading request may do.
    pub origin: Option<PageOrigin>,
}

impl Visit {
    /// The same as who writes, and where.
    pub fn writer(&self, token_hash: TokenHash) -> Writer<'_> {
        Writer { site: &self.site, token_hash, page_origin: self.origin.as_ref().map_or("", PageOrigin::as_str) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Write,
    Preview,
    ReadOwn,
}

/// Lets writes in: from a page of the site, as JSON, not too often.
pub async fn guard_write(State(app): State<App>, request: Request, next: Next) -> Response {
    guard(&app, Purpose::Write, request, next).await
}

/// Lets previews in: as writes, more often.
pub async fn guard_preview(State(app): State<App>, request: Request, next: Next) -> Response {
    guard(&app, Purpose::Preview, request, next).await
}

/// Lets in what reads one's own.
pub async fn guard_own(State(app): State<App>, request: Request, next: Next) -> Response {
    guard(&app, Purpose::ReadOwn, request, next).await
}

async fn guard(app: &App, purpose: Purpose, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = match find_visit(app, purpose, &parts).await {
        Ok(visit) => visit,
        Err(failure) => return private(failure.into_response(), None),
    };
    let origin = visit.origin.clone();
    let response = match check(app, purpose, &parts) {
        Ok(()) => {
            parts.extensions.insert(visit);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(failure) => failure.into_response(),
    };
    private(response, origin.as_ref())
}

async fn find_visit(app: &App, purpose: Purpose, request: &Parts) -> Answer<Visit> {
    let query = Query::read(request.uri.query())?;
    let site = app.sites.find(query.site()?).await?;
    let origin = match purpose {
        Purpose::Write | Purpose::Preview => Some(PageOrigin::required(&site, &request.headers)?),
        Purpose::ReadOwn => PageOrigin::of_site(&site, &request.headers)?,
    };
    Ok(Visit { site, origin })
}

fn check(app: &App, purpose: Purpose, request: &Parts) -> Answer<()> {
    check_fetch_site(&request.headers)?;
    match purpose {
        Purpose::Write => {
            check_content_type(&request.headers)?;
            app.limits.count_write(client(app, request))
        }
        Purpose::Preview => {
            check_content_type(&request.headers)?;
            app.limits.count_preview(client(app, request))
        }
        Purpose::ReadOwn => Ok(()),
    }
}

/// A page of another site cannot send this type without asking first, and a Blob without type carries none at all.
fn check_content_type(headers: &HeaderMap) -> Answer<()> {
    let wrong = |message| Err(Failure::new(ErrorCode::WrongContentType, message));
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mime = content_type.split(';').next().unwrap_or_default().trim();
    if !mime.eq_ignore_ascii_case("application/json") {
        return wrong("the body must come as `Content-Type: application/json`");
    }
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return wrong("the body must come unpacked, without `Content-Encoding`");
    }
    Ok(())
}

/// Whose request it is, for the limits of pace.
pub fn client(app: &App, request: &Parts) -> ClientAddress {
    // The accept loop always states the peer. Without it all share one bucket, which errs on the strict side.
    let peer = request.extensions.get::<PeerAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    ClientAddress::find(peer, &request.headers, &app.settings.trusted_proxies)
}

/// Marks an answer as meant for one reader, and readable by the page that asked if it is one of the site's.
fn private(mut response: Response, origin: Option<&PageOrigin>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        origin.allow_in(headers);
    }
    response
}
