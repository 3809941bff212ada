//! Which comments are listed, and the counters that follow from it.
//!
//! A comment is listed when it and all above it are approved, and it is not deleted or has listed replies. `reply_count` counts
//! listed direct replies; a thread's `root_count` counts listed roots. A deleted comment therefore comes and goes with its replies.

use super::comment_row::parent_column;
use super::dialect::Connection;
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;

/// Counts comments of one parent that are listed from now on, at least one, into it, and lists deleted ancestors that they turn
/// into placeholders. Returns how many root comments became listed: 0 or 1.
pub(crate) async fn count_in(
    connection: &mut Connection,
    thread_id: ThreadId,
    parent_id: Option<CommentId>,
    replies: i64,
) -> Result<i64, StoreError> {
    let sql = "UPDATE comment SET reply_count = reply_count + $3, is_listed = TRUE WHERE thread_id = $1 AND comment_id = $2 \
               RETURNING parent_id, deleted_at IS NOT NULL AND reply_count = $3";
    climb(connection, sql, thread_id, parent_id, replies).await
}

/// Counts a comment that is no longer listed out of its parent, and unlists deleted ancestors that lose their last reply.
/// Returns how many root comments stopped being listed: 0 or 1.
pub(crate) async fn count_out(
    connection: &mut Connection,
    thread_id: ThreadId,
    parent_id: Option<CommentId>,
) -> Result<i64, StoreError> {
    let sql = "UPDATE comment SET reply_count = reply_count - $3, is_listed = deleted_at IS NULL OR reply_count > $3 \
               WHERE thread_id = $1 AND comment_id = $2 RETURNING parent_id, NOT is_listed";
    climb(connection, sql, thread_id, parent_id, 1).await
}

/// Applies `sql` to the parent with that many replies, and on upwards with one as long as it says that the parent's own listing
/// turned.
async fn climb(
    connection: &mut Connection,
    sql: &'static str,
    thread_id: ThreadId,
    parent_id: Option<CommentId>,
    replies: i64,
) -> Result<i64, StoreError> {
    let (mut parent, mut replies) = (parent_column(parent_id), replies);
    while parent != 0 {
        let (above, has_turned): (i64, bool) =
            sqlx::query_as(sql).bind(thread_id.0).bind(parent).bind(replies).fetch_one(&mut *connection).await?;
        if !has_turned {
            return Ok(0);
        }
        (parent, replies) = (above, 1);
    }
    Ok(1)
}
