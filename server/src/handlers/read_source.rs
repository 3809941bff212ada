//! `GET /v1/comments/{comment_id}/source`

use crate::app::App;
use crate::comment_path::CommentPath;
use crate::failure::{Answer, Failure};
use crate::guard::Visit;
use crate::guest::Guest;
use crate::openapi::{CommentPathParam, SiteParam};
use afterword_wire::{ErrorBody, ErrorCode, Source, address};
use axum::extract::State;
use axum::{Extension, Json};

/// `GET /v1/comments/{comment_id}/source`: what the author of a comment typed, for the author alone.
#[utoipa::path(
    get,
    path = address::COMMENT_SOURCE,
    tag = "writing",
    params(SiteParam, CommentPathParam),
    security(("device_secret" = [])),
    responses(
        (status = 200, description = "The markdown as stored.", body = Source),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn read_source(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    CommentPath(comment_id): CommentPath,
    Guest(token_hash): Guest,
) -> Answer<Json<Source>> {
    let source = app.store.read_source(visit.site.id, comment_id).await?;
    let source = source.ok_or_else(|| Failure::new(ErrorCode::CommentNotFound, "there is no such comment on this site"))?;
    if source.token_hash != Some(token_hash) {
        return Err(Failure::new(ErrorCode::NotAuthor, "only its author may see what was typed"));
    }
    Ok(Json(Source { body_markdown: source.body_markdown }))
}
