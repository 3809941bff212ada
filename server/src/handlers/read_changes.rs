//! `GET /v1/changes`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{AfterParam, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{Changes, ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/changes`: what changed in a thread since a place in its log, for who asks now and then instead of listening.
#[utoipa::path(
    get,
    path = address::CHANGES,
    tag = "reading",
    params(SiteParam, PageParam, AfterParam),
    responses(
        (status = 200, description = "The comments that changed, as they stand now.", body = Changes),
        (status = 304, description = "Nothing has changed since the answer named by `If-None-Match`."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn read_changes(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Changes(query.page()?.to_owned(), query.after()?));
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}
