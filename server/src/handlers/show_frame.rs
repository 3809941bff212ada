//! `GET /frame`

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::openapi::SiteParam;
use crate::query::Query;
use afterword_wire::{ErrorBody, address};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

/// `GET /frame`: an empty page of this origin that runs the widget, for pages whose own policy lets none run. Which thread it
/// shows, the page around it says in the address's fragment.
#[utoipa::path(
    get,
    path = address::FRAME,
    tag = "files",
    params(SiteParam),
    responses(
        (status = 200, description = "The page; pages of the site alone may frame it.", body = String, content_type = "text/html"),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn show_frame(State(app): State<App>, request: Request) -> Answer<Response> {
    let query = Query::read(request.uri().query())?;
    let site = app.sites.find(query.site()?).await?;
    let page = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Comments</title></head><body><script src=\"{}\"></script><script src=\"{}\"></script></body></html>",
        address::EMBED_SCRIPT,
        app.widget.frame_script_path(),
    );
    let mut headers = HeaderMap::new();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self' {}",
        site.origins.join(" ")
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).map_err(Failure::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok((headers, Html(page)).into_response())
}
