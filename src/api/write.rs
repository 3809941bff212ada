//! Writing. Every write carries a request id, so that sending it again is safe.

use super::request::{Answer, Ask};
use crate::config::Config;
use afterword_wire::{CommentId, DeleteComment, EditComment, NewComment, Preview, Previewed, Written, address};
use gloo_net::http::Method;

/// `POST /v1/comments`: a comment or reply.
pub fn create_comment(config: &Config, secret: &str, comment: &NewComment, then: impl FnOnce(Answer<Written>) + 'static) {
    Ask::new(config, Method::POST, address::COMMENTS).by(secret).saying(comment).send(then);
}

/// `PATCH /v1/comments/{comment_id}`: a new body.
pub fn edit_comment(
    config: &Config,
    secret: &str,
    id: CommentId,
    edit: &EditComment,
    then: impl FnOnce(Answer<Written>) + 'static,
) {
    Ask::new(config, Method::PATCH, &comment_path(id)).by(secret).saying(edit).send(then);
}

/// `DELETE /v1/comments/{comment_id}`: the comment is withdrawn.
pub fn delete_comment(
    config: &Config,
    secret: &str,
    id: CommentId,
    delete: &DeleteComment,
    then: impl FnOnce(Answer<Written>) + 'static,
) {
    Ask::new(config, Method::DELETE, &comment_path(id)).by(secret).saying(delete).send(then);
}

/// `POST /v1/preview`: markdown as it would look.
pub fn preview(config: &Config, body_markdown: String, then: impl FnOnce(Answer<Previewed>) + 'static) {
    Ask::new(config, Method::POST, address::PREVIEW).saying(&Preview { body_markdown }).send(then);
}

fn comment_path(comment_id: CommentId) -> String {
    address::COMMENT.replace("{comment_id}", &comment_id.to_string())
}
