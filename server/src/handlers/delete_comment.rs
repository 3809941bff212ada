//! `DELETE /v1/comments/{comment_id}`

use crate::app::App;
use crate::comment_path::CommentPath;
use crate::comment_writes;
use crate::failure::Answer;
use crate::guard::Visit;
use crate::guest::Guest;
use crate::json_body::JsonBody;
use crate::openapi::{CommentPathParam, SiteParam};
use afterword_wire::{DeleteComment, ErrorBody, Written, address};
use axum::extract::State;
use axum::{Extension, Json};

/// `DELETE /v1/comments/{comment_id}`: withdraws one's own comment, within the site's edit window. With replies it stays as a placeholder.
#[utoipa::path(
    delete,
    path = address::COMMENT,
    tag = "writing",
    params(SiteParam, CommentPathParam),
    request_body = DeleteComment,
    security(("device_secret" = [])),
    responses(
        (status = 200, description = "The comment without author and body.", body = Written),
        (status = "4XX", description = "Nothing was written.", body = ErrorBody),
        (status = "5XX", description = "Nothing was written.", body = ErrorBody),
    )
)]
#[tracing::instrument(name = "handler.comments.delete", skip_all, fields(comment.id = %comment_id))]
pub async fn delete_comment(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    CommentPath(comment_id): CommentPath,
    Guest(token_hash): Guest,
    JsonBody(body): JsonBody<DeleteComment>,
) -> Answer<Json<Written>> {
    Ok(Json(comment_writes::withdraw(&app, visit.writer(token_hash), comment_id, body).await?))
}
