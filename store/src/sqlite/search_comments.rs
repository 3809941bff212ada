//! Comments in which something stands.

use super::comment_row::{CommentRow, comment_columns};
use super::search_index::section_term;
use super::search_section::{SECTIONS_BEFORE, Section};
use super::thread::find_thread;
use crate::search::{Phrase, SearchCursor, SearchQuery};
use crate::{FoundComments, SearchListing, SiteId, StoreError, ThreadId};
use afterword_wire::Comment;
use sqlx::SqliteConnection;

/// Most sections one answer goes through: some millions of comments, and some milliseconds.
const MAX_SECTIONS: u32 = 256;

/// Comments of a section in which everything stands: takes the expression, the id before which they lie, and how many at most.
pub(super) const FIND: &str =
    "SELECT rowid FROM comment_search WHERE comment_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?";

/// Comments of a thread by a JSON array of ids, if readers see them.
pub(super) const FOUND: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " FROM json_each(?2) AS found CROSS JOIN comment \
     ON comment.thread_id = ?1 AND comment.comment_id = found.value AND comment.is_listed = 1 AND comment.deleted_at IS NULL"
);

/// The comments of a page in which all phrases stand, newest first.
pub(super) async fn search_comments(
    connection: &mut SqliteConnection,
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
    connection: &mut SqliteConnection,
    thread_id: ThreadId,
    query: &SearchQuery,
    before: i64,
    limit: u32,
) -> Result<(Vec<i64>, Option<i64>), StoreError> {
    let sections: Vec<Section> =
        sqlx::query_as(SECTIONS_BEFORE).bind(thread_id.0).bind(before).bind(MAX_SECTIONS + 1).fetch_all(&mut *connection).await?;
    let mut ids: Vec<i64> = Vec::new();
    for section in sections.iter().take(MAX_SECTIONS as usize) {
        let room = limit + 1 - u32::try_from(ids.len()).unwrap_or(limit);
        let find = sqlx::query_scalar(FIND).bind(expression(query, section.section_id)).bind(before).bind(room);
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

/// The query as FTS5 reads it. Terms hold no quotation mark, so none of them can end its string.
fn expression(query: &SearchQuery, section_id: i64) -> String {
    let phrases = query.phrases().iter().map(|phrase| phrase_expression(phrase, section_id));
    phrases.collect::<Vec<_>>().join(" AND ")
}

fn phrase_expression(phrase: &Phrase, section_id: i64) -> String {
    let terms: Vec<String> = phrase.words.iter().map(|word| section_term(section_id, word)).collect();
    format!("\"{}\"{}", terms.join(" "), if phrase.is_beginning { " *" } else { "" })
}

/// The comments of those ids, newest first, without any that readers no longer see.
async fn read_found(connection: &mut SqliteConnection, thread_id: ThreadId, ids: &[i64]) -> Result<Vec<Comment>, StoreError> {
    let list = serde_json::Value::from(ids).to_string();
    let rows: Vec<CommentRow> = sqlx::query_as(FOUND).bind(thread_id.0).bind(list).fetch_all(connection).await?;
    let mut comments: Vec<Comment> = rows.into_iter().map(|row| row.comment).collect();
    comments.sort_by_key(|comment| std::cmp::Reverse(comment.id));
    Ok(comments)
}
