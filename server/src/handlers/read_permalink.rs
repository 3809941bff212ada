//! `GET /v1/permalink`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{CommentParam, ListingParams, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, ThreadSlice, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/permalink`: one comment of a page with its ancestors, its neighbours and its first replies.
#[utoipa::path(
    get,
    path = address::PERMALINK,
    tag = "reading",
    params(SiteParam, PageParam, CommentParam, ListingParams),
    responses(
        (status = 200, description = "The comment with what surrounds it.", body = ThreadSlice),
        (status = 304, description = "The slice named by `If-None-Match` still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn read_permalink(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Permalink(query.page()?.to_owned(), query.comment()?));
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}
