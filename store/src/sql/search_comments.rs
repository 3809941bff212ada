//! Comments in which something stands.

use super::comment_row::{CommentRow, comment_columns};
use super::dialect::{Connection, each_number, is_listed, join};
use super::search_section::{SECTIONS_BEFORE, Section};
use super::search_terms::{FIND, expression};
use super::thread::find_thread;
use crate::search::{SearchCursor, SearchQuery};
use crate::{FoundComments, SearchListing, SiteId, StoreError, ThreadId};
use afterword_wire::Comment;

/// Most sections one answer goes through: some millions of comments, and some milliseconds.
const MAX_SECTIONS: u32 = 256;

/// Comments of a thread by a JSON array of ids, if readers see them.
pub(crate) const FOUND: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " FROM ",
    each_number!("$2", "found"),
    " ",
    join!(),
    " comment ON comment.thread_id = $1 AND comment.comment_id = found.value AND comment.",
    is_listed!(),
    " AND comment.deleted_at IS NULL"
);

/// The comments of a page in which all phrases stand, newest first.
pub(crate) async fn search_comments(
    connection: &mut Connection,
    site_id: SiteId,
    page_key: &str,
    query: &SearchQuery,
    listing: &SearchListing,
) -> Result<FoundComments, StoreError> {
    let thread = find_thread(connection, site_id, page_key).await?.map(|row| row.thread.id);
    let before = SearchCursor::before(listing.cursor.as_deref(), thread)?;
    let Some(thread_id) = thread.filter(|_| !query.is_empty()) else {
        return Ok(FoundComments::default());
    };
    let (ids, goes_on_before) = find(connection, thread_id, query, before, listing.limit).await?;
    let comments = read_found(connection, thread_id, &ids).await?;
    let cursor = goes_on_before.map(|before| SearchCursor { thread_id, before }.encode());
    Ok(FoundComments { comments, cursor })
}

/// Ids of at most `limit` comments before an id, and before which to go on if that may not be all.
async fn find(
    connection: &mut Connection,
    thread_id: ThreadId,
    query: &SearchQuery,
    before: i64,
    limit: u32,
) -> Result<(Vec<i64>, Option<i64>), StoreError> {
    let sections: Vec<Section> = sqlx::query_as(SECTIONS_BEFORE)
        .bind(thread_id.0)
        .bind(before)
        .bind(i64::from(MAX_SECTIONS + 1))
        .fetch_all(&mut *connection)
        .await?;
    let mut ids: Vec<i64> = Vec::new();
    for section in sections.iter().take(MAX_SECTIONS as usize) {
        let room = limit + 1 - u32::try_from(ids.len()).unwrap_or(limit);
        let find = sqlx::query_scalar(FIND).bind(expression(query, section.section_id)).bind(before).bind(i64::from(room));
        ids.extend(find.fetch_all(&mut *connection).await?.into_iter().collect::<Vec<i64>>());
        if ids.len() > limit as usize {
            ids.truncate(limit as usize);
            return Ok((ids.clone(), ids.last().copied()));
        }
    }
    let is_unfinished = sections.len() > MAX_SECTIONS as usize;
    let reached = sections.get(MAX_SECTIONS as usize - 1).filter(|_| is_unfinished);
    Ok((ids, reached.map(|section| section.first_comment_id)))
}

/// The comments of those ids, newest first, without any that readers no longer see.
async fn read_found(connection: &mut Connection, thread_id: ThreadId, ids: &[i64]) -> Result<Vec<Comment>, StoreError> {
    let list = serde_json::Value::from(ids).to_string();
    let rows: Vec<CommentRow> = sqlx::query_as(FOUND).bind(thread_id.0).bind(list).fetch_all(connection).await?;
    let mut comments: Vec<Comment> = rows.into_iter().map(|row| row.comment).collect();
    comments.sort_by_key(|comment| std::cmp::Reverse(comment.id));
    Ok(comments)
}
