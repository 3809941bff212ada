//! Fills what room a slice has left, level by level.

use super::comment_row::CommentRow;
use super::dialect::{Connection, FIRST_REPLIES};
use crate::slice::outline::{Outline, Place};
use crate::slice::share::share;
use crate::{StoreError, ThreadId};
use afterword_wire::{Comment, CommentId};
use std::collections::HashMap;

/// Adds replies below the comments of `level`, then below those, until `limit` comments are gathered or none is left.
///
/// Each level costs one statement, and there are at most [`afterword_wire::limits::MAX_DEPTH`] of them.
pub(crate) async fn fill(
    connection: &mut Connection,
    thread_id: ThreadId,
    outline: &mut Outline,
    level: Vec<Place>,
    limit: u32,
) -> Result<(), StoreError> {
    let mut level = level;
    loop {
        let wants: Vec<u32> = level.iter().map(|place| outline.comment(*place).reply_count).collect();
        let shares = share(limit.saturating_sub(outline.len()), &wants);
        let parents: Vec<(Place, u32)> = level.into_iter().zip(shares).filter(|(_, share)| *share > 0).collect();
        if parents.is_empty() {
            return Ok(());
        }
        let ids = parents.iter().map(|(place, _)| outline.comment(*place).id);
        let most = parents.iter().map(|(_, share)| *share).max().unwrap_or(0);
        let mut replies = first_replies(connection, thread_id, ids, most).await?;
        level = Vec::new();
        for (parent, share) in parents {
            let own = replies.remove(&outline.comment(parent).id).unwrap_or_default();
            level.extend(own.into_iter().take(share as usize).map(|reply| outline.add_reply(parent, reply)));
        }
    }
}

/// The first `most` listed replies of each parent, oldest first.
async fn first_replies(
    connection: &mut Connection,
    thread_id: ThreadId,
    parents: impl Iterator<Item = CommentId>,
    most: u32,
) -> Result<HashMap<CommentId, Vec<Comment>>, StoreError> {
    let parents = serde_json::Value::from_iter(parents.map(|id| id.0)).to_string();
    let rows: Vec<CommentRow> =
        sqlx::query_as(FIRST_REPLIES).bind(thread_id.0).bind(parents).bind(i64::from(most)).fetch_all(connection).await?;
    let mut replies: HashMap<CommentId, Vec<Comment>> = HashMap::new();
    for row in rows {
        replies.entry(row.comment.parent_id.unwrap_or(CommentId(0))).or_default().push(row.comment);
    }
    replies.values_mut().for_each(|siblings| siblings.sort_by_key(|reply| reply.id));
    Ok(replies)
}
