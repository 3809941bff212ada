//! Records of our own lossless export: one JSON object a line.

use afterword_wire::{AuthorId, CommentId, Timestamp};
use serde::{Deserialize, Serialize};

/// One line of an export. Everything the store keeps of a site, so that export, import, export is byte-equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case", deny_unknown_fields)]
pub enum Record {
    /// A thread.
    Thread(ThreadRecord),
    /// An author.
    Author(AuthorRecord),
    /// A comment.
    Comment(CommentRecord),
}

/// A thread, without its counters, which follow from its comments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreadRecord {
    /// Names its page.
    pub page_key: String,
    /// Where the page can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_url: Option<String>,
    /// The page's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_title: Option<String>,
    /// Whether new comments are refused.
    pub is_closed: bool,
    /// When it began.
    pub created_at: Timestamp,
}

/// An author of this site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorRecord {
    /// Its id.
    pub author_id: AuthorId,
    /// Hexadecimal hash of the device secret, so that the device goes on owning its comments; `None` for authors of another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_hash: Option<String>,
    /// When it was first seen.
    pub created_at: Timestamp,
}

/// A comment, deleted ones included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentRecord {
    /// Its id.
    pub comment_id: CommentId,
    /// The page it stands under.
    pub page_key: String,
    /// The comment answered; deeper than the limit it is moved up on import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// Whom it answers when that is not its parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_name: Option<String>,
    /// Who wrote it.
    pub author_id: AuthorId,
    /// Display name; empty once deleted.
    pub author_name: String,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_email: Option<String>,
    /// Home page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_website: Option<String>,
    /// `approved`, `pending`, `rejected` or `spam`.
    pub moderation_status: ModerationStatus,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its author last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// When its author withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// As typed; empty once deleted.
    pub body_markdown: String,
    /// As rendered and sanitised by us. On import of foreign data it is rendered anew from `body_markdown`.
    pub body_html: String,
    /// Version of the renderer that made `body_html`.
    pub renderer_version: u32,
}

/// Whether readers may see a comment. Only approved ones are listed; the rest waits for moderators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModerationStatus {
    /// Held for a moderator.
    Pending,
    /// Can be read.
    #[default]
    Approved,
    /// Refused by a moderator.
    Rejected,
    /// Spam.
    Spam,
}
