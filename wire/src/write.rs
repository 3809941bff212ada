//! What a reader sends to write, and what comes back.

use crate::{AuthorId, Comment, CommentId, RequestId};
use serde::{Deserialize, Serialize};

/// Body of `POST /v1/comments`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// The same for every repetition of this one write.
    pub request_id: RequestId,
    /// The page under which it stands.
    pub page: PageRef,
    /// The comment it answers; `None` for a root comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// CommonMark, 1 to [`crate::limits::MAX_BODY_CHARS`] characters.
    pub body_markdown: String,
    /// How its author wants to be known.
    pub author: AuthorFields,
}

/// A page as its embedder names it. Never trusted: any client can send anything here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PageRef {
    /// Names the page within its site, at most [`crate::limits::MAX_PAGE_KEY_BYTES`] bytes.
    pub key: String,
    /// Where it can be read; absolute, http or https. Kept only when it is of one of the site's origins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What a guest says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthorFields {
    /// Display name; required.
    pub name: String,
    /// Never leaves the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Home page; absolute, http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

/// Body of `PATCH /v1/comments/{comment_id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditComment {
    /// The same for every repetition of this one write.
    pub request_id: RequestId,
    /// The whole new body.
    pub body_markdown: String,
}

/// Body of `DELETE /v1/comments/{comment_id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeleteComment {
    /// The same for every repetition of this one write.
    pub request_id: RequestId,
}

/// Answer to every write, and what others are told of it: the comment as it now stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Written {
    /// The comment; after a deletion without author and body.
    pub comment: Comment,
    /// Who wrote it, which is whom the device secret stands for on this site; 0 where others read of a deleted comment.
    pub author_id: AuthorId,
    /// Comments of the thread now.
    pub comment_count: u32,
    /// Whether the comment is still listed: a deleted one without replies is not.
    pub is_listed: bool,
}

/// Body of `POST /v1/preview`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// CommonMark as typed so far.
    pub body_markdown: String,
}

/// Answer to a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Previewed {
    /// Rendered and sanitised exactly as a posted comment would be.
    pub body_html: String,
}

/// Answer to `GET /v1/comments/{comment_id}/source`: what its author typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Source {
    /// CommonMark as stored.
    pub body_markdown: String,
}
