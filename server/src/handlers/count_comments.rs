//! `GET /v1/counts`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{PagesParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{Counts, ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/counts`: how many comments pages have, in the order asked; 0 for a page nobody wrote under.
#[utoipa::path(
    get,
    path = address::COUNTS,
    tag = "reading",
    params(SiteParam, PagesParam),
    responses(
        (status = 200, description = "One count for each page named.", body = Counts),
        (status = 304, description = "The counts named by `If-None-Match` still hold."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn count_comments(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Counts(query.pages()?));
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}
