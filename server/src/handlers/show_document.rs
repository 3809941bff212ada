//! `GET /thread`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{LangParam, ListingParams, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /thread`: the thread as a document of its own, readable without any script.
#[utoipa::path(
    get,
    path = address::THREAD_DOCUMENT,
    tag = "reading",
    params(SiteParam, PageParam, ListingParams, LangParam),
    responses(
        (status = 200, description = "The document; each comment an `<article>`.", body = String, content_type = "text/html"),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn show_document(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Thread(query.page()?.to_owned()));
    answer_reader(&app, request, subject, |query| Ok(Form::Document(query.lang()?))).await
}
