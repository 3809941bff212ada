//! `GET /v1/branch`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{CommentParam, ListingParams, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, ThreadSlice, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/branch`: the replies below one comment, depth-first, without the comment itself.
#[utoipa::path(
    get,
    path = address::BRANCH,
    tag = "reading",
    params(SiteParam, CommentParam, ListingParams),
    responses(
        (status = 200, description = "The replies.", body = ThreadSlice),
        (status = 304, description = "The slice named by `If-None-Match` still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn read_branch(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Branch(query.comment()?));
    answer_reader(&app, request, subject, |_| Ok(Form::Json)).await
}
