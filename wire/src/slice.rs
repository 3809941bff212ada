//! One answer of a listing.

use crate::{ChangeId, Comment, Sort};
use serde::{Deserialize, Serialize};

/// Part of a thread: its head, and comments in depth-first order.
///
/// A parent stands before its replies, and every comment's ancestors are in the same slice, except in a branch: there the
/// ancestors up to the comment asked for are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadSlice {
    /// Comments of the whole thread that can be read; deleted ones do not count.
    pub comment_count: u32,
    /// Whether new comments are refused.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_closed: bool,
    /// Seconds within which authors may edit and delete.
    pub edit_window_s: u32,
    /// The order of the root comments.
    pub sort: Sort,
    /// The comments; empty for a thread nobody has written in.
    pub comments: Vec<Comment>,
    /// Where to go back with root comments: towards those that stand before the first one here. Only in a slice that began at a
    /// date, or that was reached from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<More>,
    /// Where to go on with root comments (in a branch: with the direct replies of the comment asked for); `None` at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<More>,
    /// Where the thread's log of changes stood; `None` while it is empty. Who follows the thread goes on from there. Written by the
    /// server; the widget passes it on unread.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<ChangeId>,
}

/// Where a listing goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct More {
    /// Opaque; valid for the same listing in the same sort only.
    pub cursor: String,
    /// How many siblings are still left out that way, at the time of answering; 0 where that is not known, as in a slice that began
    /// at a date.
    pub count: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}
