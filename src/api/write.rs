//! Writing. Every write carries a request id, so that sending it again is safe.

use super::request::{ApiFailure, Ask};
use crate::config::Config;
use afterword_wire::{CommentId, DeleteComment, EditComment, NewComment, Preview, Previewed, Written, address};
use gloo_net::http::Method;

fn ask<'a>(config: &'a Config, method: Method, path: &str) -> Result<Ask<'a>, ApiFailure> {
    Ask::new(config, method, path).ok_or(ApiFailure::Unreachable)
}

fn comment_path(comment_id: CommentId) -> String {
    address::COMMENT.replace("{comment_id}", &comment_id.to_string())
}

/// `POST /v1/comments`: a comment or reply.
pub async fn create_comment(config: &Config, secret: &str, comment: &NewComment) -> Result<Written, ApiFailure> {
    ask(config, Method::POST, address::COMMENTS)?.by(secret).send_json(comment).await
}

/// `PATCH /v1/comments/{comment_id}`: a new body.
pub async fn edit_comment(config: &Config, secret: &str, id: CommentId, edit: &EditComment) -> Result<Written, ApiFailure> {
    ask(config, Method::PATCH, &comment_path(id))?.by(secret).send_json(edit).await
}

/// `DELETE /v1/comments/{comment_id}`: the comment is withdrawn.
pub async fn delete_comment(config: &Config, secret: &str, id: CommentId, delete: &DeleteComment) -> Result<Written, ApiFailure> {
    ask(config, Method::DELETE, &comment_path(id))?.by(secret).send_json(delete).await
}

/// `POST /v1/preview`: markdown as it would look.
pub async fn preview(config: &Config, body_markdown: String) -> Result<Previewed, ApiFailure> {
    ask(config, Method::POST, address::PREVIEW)?.send_json(&Preview { body_markdown }).await
}
