//! `PATCH /v1/comments/{comment_id}`

use crate::app::App;
use crate::comment_body::check_body;
use crate::comment_path::CommentPath;
use crate::failure::Answer;
use crate::fingerprint::write_request;
use crate::guard::Visit;
use crate::guest::Guest;
use crate::json_body::JsonBody;
use crate::openapi::{CommentPathParam, SiteParam};
use crate::render::{RENDERER_VERSION, markdown};
use afterword_store::EditBody;
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
    check_body(&body.body_markdown)?;
    let address = ["PATCH", address::COMMENT, &visit.site.slug, &comment_id.to_string()];
    let request = write_request(body.request_id.clone(), &address, token_hash, &body)?;
    let edit = EditBody {
        site: (*visit.site).clone(),
        comment_id,
        token_hash,
        body_html: markdown::render(&body.body_markdown),
        body_markdown: body.body_markdown,
        renderer_version: RENDERER_VERSION,
        now: app.clock.now(),
        request,
    };
    let outcome = app.store.edit_comment(edit).await?;
    app.note_changes();
    tracing::info!(is_repeated = outcome.is_repeated, "comment edited");
    Ok(Json(outcome.written))
}
