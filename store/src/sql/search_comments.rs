//! Comments in which something stands.

use super::comment_row::{CommentRow, comment_columns};
use super::dialect::{Connection, each_number, is_listed, join};
use super::search_section::{SECTIONS_BEFORE, Section};
use super::search_terms::{FIND, expression};
use super::thread::find_thread;
use crate::search::{Phrase, SearchCursor, SearchQuery, composed, plain_text};
use crate::{FoundComments, SearchListing, SiteId, StoreError, ThreadId};
use afterword_wire::Comment;
use std::cmp::Reverse;
use std::slice;

/// Most sections one answer goes through: some millions of comments, and some milliseconds.
const MAX_SECTIONS: u32 = if cfg!(test) { 3 } else { 256 };

/// So many comments of a section are read to see whether a word begins so; where there may be more, the database is asked, which first gathers
/// everything in the section that begins so.
const FEW: u32 = if cfg!(test) { 2 } else { 32 };

/// So many sections are searched at once for everything; where that was not enough, something is rare, and it is asked for alone first.
const UNASKED_SECTIONS: u32 = 1;

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
    for (section, number) in sections.iter().take(MAX_SECTIONS as usize).zip(0..) {
        if number >= UNASKED_SECTIONS && !has_each(connection, query, section.section_id, before).await? {
            continue;
        }
        let room = limit + 1 - u32::try_from(ids.len()).unwrap_or(limit);
        ids.extend(find_in_section(connection, thread_id, query, section.section_id, before, room).await?);
        if ids.len() > limit as usize {
            ids.truncate(limit as usize);
            return Ok((ids.clone(), ids.last().copied()));
        }
    }
    let is_unfinished = sections.len() > MAX_SECTIONS as usize;
    let reached = sections.get(MAX_SECTIONS as usize - 1).filter(|_| is_unfinished);
    Ok((ids, reached.map(|section| section.first_comment_id)))
}

/// Whether each of several words stands in a section. That one does not is seen sooner than that they are nowhere together.
async fn has_each(connection: &mut Connection, query: &SearchQuery, section_id: i64, before: i64) -> Result<bool, StoreError> {
    if query.phrases().len() == 1 {
        return Ok(true);
    }
    let mut whole: Vec<&Phrase> = query.phrases().iter().filter(|phrase| !phrase.is_beginning).collect();
    // What is longer is probably rarer.
    whole.sort_by_key(|phrase| Reverse(phrase.words.iter().map(String::len).sum::<usize>()));
    for phrase in whole {
        if ask(connection, slice::from_ref(phrase), section_id, before, 1).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Ids of at most `room` comments of a section before an id.
async fn find_in_section(
    connection: &mut Connection,
    thread_id: ThreadId,
    query: &SearchQuery,
    section_id: i64,
    before: i64,
    room: u32,
) -> Result<Vec<i64>, StoreError> {
    if let Some((beginning, whole)) = query.phrases().split_last().filter(|(last, whole)| last.is_beginning && !whole.is_empty())
    {
        let candidates = ask(connection, whole, section_id, before, FEW + 1).await?;
        if candidates.len() <= FEW as usize {
            let comments = read_found(connection, thread_id, &candidates).await?;
            let found = comments.iter().filter(|comment| stands_in(beginning, comment)).take(room as usize);
            return Ok(found.map(|comment| comment.id.0.cast_signed()).collect());
        }
    }
    ask(connection, query.phrases(), section_id, before, room).await
}

fn stands_in(phrase: &Phrase, comment: &Comment) -> bool {
    let name = comment.author.as_ref().map_or("", |author| &author.name);
    phrase.stands_in(&composed(name)) || phrase.stands_in(&plain_text(&comment.body_html))
}

async fn ask(
    connection: &mut Connection,
    phrases: &[Phrase],
    section_id: i64,
    before: i64,
    room: u32,
) -> Result<Vec<i64>, StoreError> {
    let find = sqlx::query_scalar(FIND).bind(expression(phrases, section_id)).bind(before).bind(i64::from(room));
    Ok(find.fetch_all(connection).await?)
}

/// The comments of those ids, newest first, without any that readers no longer see.
async fn read_found(connection: &mut Connection, thread_id: ThreadId, ids: &[i64]) -> Result<Vec<Comment>, StoreError> {
    let list = serde_json::Value::from(ids).to_string();
    let rows: Vec<CommentRow> = sqlx::query_as(FOUND).bind(thread_id.0).bind(list).fetch_all(connection).await?;
    let mut comments: Vec<Comment> = rows.into_iter().map(|row| row.comment).collect();
    comments.sort_by_key(|comment| Reverse(comment.id));
    Ok(comments)
}
