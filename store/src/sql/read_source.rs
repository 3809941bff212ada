//! What an author typed.

use super::dialect::Connection;
use crate::{CommentSource, SiteId, StoreError, TokenHash};
use afterword_wire::{CommentId, Timestamp};

/// The markdown of a comment that is not deleted, and whose it is.
pub(crate) async fn read_source(
    connection: &mut Connection,
    site_id: SiteId,
    comment_id: CommentId,
) -> Result<Option<CommentSource>, StoreError> {
    let sql = "SELECT body_markdown, token_hash, comment.created_at FROM comment JOIN author USING (site_id, author_id) \
               WHERE site_id = $1 AND comment_id = $2 AND deleted_at IS NULL";
    let row: Option<(String, Option<Vec<u8>>, i64)> =
        sqlx::query_as(sql).bind(site_id.0).bind(comment_id.0.cast_signed()).fetch_optional(connection).await?;
    Ok(row.map(|(body_markdown, token_hash, created_at)| CommentSource {
        body_markdown,
        token_hash: token_hash.and_then(|hash| hash.try_into().ok()).map(TokenHash),
        created_at: Timestamp(created_at),
    }))
}
