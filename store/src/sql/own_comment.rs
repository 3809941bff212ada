//! Whether somebody may change a comment.

use super::author::find_author;
use super::comment_row::{CommentRow, find_comment};
use super::dialect::Connection;
use crate::{Site, StoreError, TokenHash, WriteRefusal};
use afterword_wire::{CommentId, Timestamp};

/// The comment, if who asks wrote it and may still change it.
///
/// # Errors
/// In this order: no such comment on the site, it was deleted, it is somebody else's, the time is over.
pub(crate) async fn own_comment(
    connection: &mut Connection,
    site: &Site,
    comment_id: CommentId,
    token_hash: TokenHash,
    now: Timestamp,
) -> Result<CommentRow, StoreError> {
    let row = find_comment(connection, site.id, comment_id).await?.ok_or(WriteRefusal::CommentNotFound)?;
    if row.comment.is_deleted() {
        return Err(WriteRefusal::CommentDeleted.into());
    }
    if find_author(connection, site.id, token_hash).await? != Some(row.author_id) {
        return Err(WriteRefusal::NotAuthor.into());
    }
    let window_ms = i64::from(site.edit_window_s) * 1000;
    if now.0 > row.comment.created_at.0.saturating_add(window_ms) {
        return Err(WriteRefusal::EditWindowOver.into());
    }
    Ok(row)
}
