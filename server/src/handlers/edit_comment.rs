//! `PATCH /v1/comments/{comment_id}`

use crate::app::App;
use crate::comment_path::CommentPath;
use crate::comment_writes;
use crate::failure::Answer;
use crate::guard::Visit;
use crate::guest::Guest;
use crate::json_body::JsonBody;
use crate::openapi::{CommentPathParam, SiteParam};
use afterword_wire::{EditComment, ErrorBody, Written, address};
use axum::extract::State;
use axum::{Extension, Json};

/// `PATCH /v1/comments/{comment_id}`: a new body for one's own comment, within the site's edit window.
#[utoipa::path(
    patch,
    path = address::COMMENT,
    tag = "writing",
    params(SiteParam, CommentPathParam),
    request_body = EditComment,
    security(("device_secret" = [])),
    responses(
        (status = 200, description = "The comment as it now stands.", body = Written),
        (status = "4XX", description = "Nothing was written.", body = ErrorBody),
        (status = "5XX", description = "Nothing was written.", body = ErrorBody),
    )
)]
#[tracing::instrument(name = "handler.comments.edit", skip_all, fields(comment.id = %comment_id))]
pub async fn edit_comment(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    CommentPath(comment_id): CommentPath,
    Guest(token_hash): Guest,
    JsonBody(body): JsonBody<EditComment>,
) -> Answer<Json<Written>> {
    Ok(Json(comment_writes::edit(&app, visit.writer(token_hash), comment_id, body).await?))
}
