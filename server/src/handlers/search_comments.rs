//! `GET /v1/search`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::failure::Answer;
use crate::openapi::{PageParam, SearchParams, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, SearchResults, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/search`: comments of a page in which everything asked for stands, in name or body, newest first.
#[utoipa::path(
    get,
    path = address::SEARCH,
    tag = "reading",
    params(SiteParam, PageParam, SearchParams),
    responses(
        (status = 200, description = "The comments found; none for words without a letter, digit or picture.", body = SearchResults),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn search_comments(State(app): State<App>, request: Request) -> Response {
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}

/// What a query looks for, and where.
///
/// # Errors
/// `bad_request` and `invalid_field`.
pub fn subject(query: &Query<'_>) -> Answer<Subject> {
    Ok(Subject::Search { page: query.page()?.to_owned(), query: query.search()?, limit: query.search_limit()? })
}
