//! `GET /v1/thread`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{DateParam, ListingParams, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, ThreadSlice, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/thread`: a slice of a page's thread, depth-first; empty for a page nobody wrote under.
#[utoipa::path(
    get,
    path = address::THREAD,
    tag = "reading",
    params(SiteParam, PageParam, ListingParams, DateParam),
    responses(
        (status = 200, description = "The slice.", body = ThreadSlice),
        (status = 304, description = "The slice named by `If-None-Match` still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn read_thread(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Thread(query.page()?.to_owned()));
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}
