//! Reading: slices, branches, permalinks, and the source of one's own comment.

use super::request::{Answer, Ask};
use crate::config::Config;
use afterword_wire::{CommentId, Counts, Sort, Source, ThreadSlice, address};
use gloo_net::http::Method;

/// `GET /v1/thread`: root comments from a cursor on, each with its first replies.
pub fn read_slice(config: &Config, sort: Sort, cursor: Option<&str>, then: impl FnOnce(Answer<ThreadSlice>) + 'static) {
    let ask = Ask::new(config, Method::GET, address::THREAD).with("page", Some(&config.page_key));
    ask.with("sort", Some(sort.as_str())).with("cursor", cursor).send(then);
}

/// `GET /v1/counts`: how many comments the page has now.
pub fn count_comments(config: &Config, then: impl FnOnce(Answer<Counts>) + 'static) {
    Ask::new(config, Method::GET, address::COUNTS).with("page", Some(&config.page_key)).send(then);
}

/// `GET /v1/branch`: direct replies of a comment from a cursor on, each with its first replies.
pub fn read_branch(
    config: &Config,
    comment_id: CommentId,
    cursor: Option<&str>,
    then: impl FnOnce(Answer<ThreadSlice>) + 'static,
) {
    let comment = comment_id.to_string();
    Ask::new(config, Method::GET, address::BRANCH).with("comment", Some(&comment)).with("cursor", cursor).send(then);
}

/// `GET /v1/permalink`: a comment with its ancestors, neighbours and first replies.
pub fn read_permalink(config: &Config, comment_id: CommentId, sort: Sort, then: impl FnOnce(Answer<ThreadSlice>) + 'static) {
    let comment = comment_id.to_string();
    let ask = Ask::new(config, Method::GET, address::PERMALINK).with("page", Some(&config.page_key));
    ask.with("comment", Some(&comment)).with("sort", Some(sort.as_str())).send(then);
}

/// `GET /v1/search.html`: comments of the page in which something stands, painted.
pub fn search(config: &Config, typed: &str, then: impl FnOnce(Answer<String>) + 'static) {
    let ask = Ask::new(config, Method::GET, address::SEARCH_HTML).with("page", Some(&config.page_key)).with("q", Some(typed));
    ask.with("limit", Some("50")).with("lang", Some(&config.lang)).for_text().send(then);
}

/// `GET /v1/comments/{comment_id}/source`: what the viewer typed.
pub fn read_source(config: &Config, secret: &str, comment_id: CommentId, then: impl FnOnce(Answer<Source>) + 'static) {
    let path = address::COMMENT_SOURCE.replace("{comment_id}", &comment_id.to_string());
    Ask::new(config, Method::GET, &path).by(secret).send(then);
}
