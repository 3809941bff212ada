//! A comment as every reader sees it.

use crate::{AuthorId, CommentId, More, Timestamp};
use serde::{Deserialize, Serialize};

/// One comment, alike for all readers: nothing in it depends on who looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Its id; `#comment-<id>` is its permalink.
    pub id: CommentId,
    /// The comment it answers; `None` for a root comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// 0 at the root, at most [`crate::limits::MAX_DEPTH`].
    pub depth: u16,
    /// Whom it answers when that is not its parent: the name, for a reply to a comment already at the greatest depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_name: Option<String>,
    /// Who wrote it; `None` once it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// When the server took it.
    pub created_at: Timestamp,
    /// When its author last changed it; `None` if never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// The body, rendered and sanitised by the server; empty once deleted, and in the island of an HTML slice, where the
    /// painted row holds it already.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body_html: String,
    /// Direct replies that are listed, whether or not this slice brings them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reply_count: u32,
    /// Where to go on when this slice leaves direct replies out; `None` when all are here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<More>,
}

impl Comment {
    /// Whether its author withdrew it; it then stands only because of its replies.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.author.is_none()
    }
}

/// Who wrote a comment, as shown. Everything here was typed by a stranger and cleaned by the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Author {
    /// The same for all comments of one device on one site.
    pub id: AuthorId,
    /// Display name, 1 to [`crate::limits::MAX_NAME_CHARS`] characters.
    pub name: String,
    /// Home page: absolute, http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
