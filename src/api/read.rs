//! Reading: slices, branches, permalinks, and the source of one's own comment.

use super::request::{ApiFailure, Ask};
use crate::config::Config;
use afterword_wire::{CommentId, Sort, Source, ThreadSlice, address};
use gloo_net::http::Method;

fn get<'a>(config: &'a Config, path: &str) -> Result<Ask<'a>, ApiFailure> {
    Ask::new(config, Method::GET, path).ok_or(ApiFailure::Unreachable)
}

/// `GET /v1/thread`: root comments from a cursor on, each with its first replies.
pub async fn read_slice(config: &Config, sort: Sort, cursor: Option<&str>) -> Result<ThreadSlice, ApiFailure> {
    let ask = get(config, address::THREAD)?.with("page", Some(&config.page_key));
    ask.with("sort", Some(sort.as_str())).with("cursor", cursor).send().await
}

/// `GET /v1/branch`: direct replies of a comment from a cursor on, each with its first replies.
pub async fn read_branch(config: &Config, comment_id: CommentId, cursor: Option<&str>) -> Result<ThreadSlice, ApiFailure> {
    let comment = comment_id.to_string();
    get(config, address::BRANCH)?.with("comment", Some(&comment)).with("cursor", cursor).send().await
}

/// `GET /v1/permalink`: a comment with its ancestors, neighbours and first replies.
pub async fn read_permalink(config: &Config, comment_id: CommentId, sort: Sort) -> Result<ThreadSlice, ApiFailure> {
    let comment = comment_id.to_string();
    let ask = get(config, address::PERMALINK)?.with("page", Some(&config.page_key));
    ask.with("comment", Some(&comment)).with("sort", Some(sort.as_str())).send().await
}

/// `GET /v1/comments/{comment_id}/source`: what the viewer typed.
pub async fn read_source(config: &Config, secret: &str, comment_id: CommentId) -> Result<Source, ApiFailure> {
    let path = address::COMMENT_SOURCE.replace("{comment_id}", &comment_id.to_string());
    get(config, &path)?.by(secret).send().await
}
