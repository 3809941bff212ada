//! `OPTIONS` of every address that pages write to or read their own from.

use crate::app::App;
use crate::failure::Answer;
use crate::page_origin::PageOrigin;
use crate::query::Query;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long browsers may remember the answer; Chromium caps it at two hours.
const MAX_AGE_S: HeaderValue = HeaderValue::from_static("7200");

/// `OPTIONS`: tells the browser that a page of the site may send JSON with its device secret, and no page else. Cookies are
/// never allowed.
pub async fn answer_preflight(State(app): State<App>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let mut response = match allowed_origin(&app, &parts).await {
        Ok(origin) => (StatusCode::NO_CONTENT, permissions(&origin)).into_response(),
        Err(failure) => failure.into_response(),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    response
}

async fn allowed_origin(app: &App, request: &Parts) -> Answer<PageOrigin> {
    let query = Query::read(request.uri.query())?;
    let site = app.sites.find(query.site()?).await?;
    PageOrigin::required(&site, &request.headers)
}

fn permissions(origin: &PageOrigin) -> HeaderMap {
    let mut headers = HeaderMap::new();
    origin.allow_in(&mut headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PATCH, DELETE"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_S);
    headers
}
