//! The comment an address names.

use crate::failure::{Answer, Failure};
use afterword_wire::{CommentId, ErrorCode};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

/// The `{comment_id}` of an address.
#[derive(Clone, Copy, Debug)]
pub struct CommentPath(pub CommentId);

impl<S: Send + Sync> FromRequestParts<S> for CommentPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let text = text.map_err(|_| Failure::bad_request("the address is not UTF-8"))?;
        let id = text
            .parse()
            .map_err(|error| Failure::new(ErrorCode::CommentNotFound, format!("the address names a comment that is {error}")))?;
        Ok(Self(id))
    }
}
