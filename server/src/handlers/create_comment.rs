//! `POST /v1/comments`

use crate::app::App;
use crate::comment_writes;
use crate::failure::Answer;
use crate::guard::Visit;
use crate::guest::Guest;
use crate::json_body::JsonBody;
use crate::openapi::SiteParam;
use afterword_wire::{ErrorBody, NewComment, Written, address};
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};

/// `POST /v1/comments`: a new comment, or a reply to one. Exactly once for each request id.
#[utoipa::path(
    post,
    path = address::COMMENTS,
    tag = "writing",
    params(SiteParam),
    request_body = NewComment,
    security(("device_secret" = [])),
    responses(
        (status = 201, description = "The comment as stored; the same answer to every repetition.", body = Written),
        (status = "4XX", description = "Nothing was written.", body = ErrorBody),
        (status = "5XX", description = "Nothing was written.", body = ErrorBody),
    )
)]
#[tracing::instrument(name = "handler.comments.create", skip_all)]
pub async fn create_comment(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    Guest(token_hash): Guest,
    JsonBody(body): JsonBody<NewComment>,
) -> Answer<(StatusCode, Json<Written>)> {
    let written = comment_writes::post(&app, visit.writer(token_hash), body).await?;
    Ok((StatusCode::CREATED, Json(written)))
}
