//! Comments in which something stands.

use super::comment_row::{CommentRow, comment_columns};
use super::search_index::section_term;
use super::search_section::{SECTIONS_BEFORE, Section};
use super::thread::find_thread;
use crate::search::{Phrase, SearchCursor, SearchQuery, composed, plain_text};
use crate::{FoundComments, SearchListing, SiteId, StoreError, ThreadId};
use afterword_wire::Comment;
use sqlx::SqliteConnection;

/// Most sections one answer goes through: some millions of comments, and some milliseconds.
const MAX_SECTIONS: u32 = if cfg!(test) { 3 } else { 256 };

/// So many comments of a section are read to see whether a word begins so; where there may be more, FTS5 is asked, which first gathers
/// everything in the section that begins so.
const FEW: u32 = if cfg!(test) { 2 } else { 32 };

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

/// Ids of at most `room` comments of a section before an id.
async fn find_in_section(
    connection: &mut SqliteConnection,
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
    connection: &mut SqliteConnection,
    phrases: &[Phrase],
    section_id: i64,
    before: i64,
    room: u32,
) -> Result<Vec<i64>, StoreError> {
    let find = sqlx::query_scalar(FIND).bind(expression(phrases, section_id)).bind(before).bind(room);
    Ok(find.fetch_all(connection).await?)
}

/// The phrases as FTS5 reads them. Terms hold no quotation mark, so none of them can end its string.
fn expression(phrases: &[Phrase], section_id: i64) -> String {
    let phrases = phrases.iter().map(|phrase| phrase_expression(phrase, section_id));
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

#[cfg(test)]
mod tests {
    use crate::search::SearchQuery;
    use crate::{CommentRecord, ModerationStatus, NewSite, Record, SearchListing, open};
    use afterword_wire::{AuthorId, CommentId, Timestamp};

    fn record(id: u64) -> Record {
        let body = if id % 7 == 0 { "a pear" } else { "an apple" };
        Record::Comment(CommentRecord {
            comment_id: CommentId(id),
            page_key: "/a".to_owned(),
            parent_id: None,
            answers_name: None,
            author_id: AuthorId(9),
            author_name: "Guest".to_owned(),
            author_email: None,
            author_website: None,
            moderation_status: ModerationStatus::Approved,
            created_at: Timestamp(0),
            edited_at: None,
            deleted_at: None,
            body_markdown: body.to_owned(),
            body_html: format!("<p>{body}</p>"),
            renderer_version: 1,
        })
    }

    /// Sections hold four comments here, and an answer goes through three of them.
    #[tokio::test]
    async fn a_search_goes_through_all_sections_whatever_order_they_were_filled_in() {
        let directory = tempfile::tempdir().expect("a directory for the test");
        let store = open(directory.path().join("afterword.db").to_str().expect("a plain path")).await.expect("a new file");
        let site = NewSite { slug: "blog".to_owned(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) };
        let site_id = store.add_site(site).await.expect("the slug is free").id;
        for ids in [40..80_u64, 1..20, 20..40] {
            store.import_records(site_id, ids.map(record).collect()).await.expect("sound");
        }
        for (typed, expected) in [
            ("pea", (1..80).rev().filter(|id| id % 7 == 0).collect::<Vec<u64>>()),
            ("an app", (1..80).rev().filter(|id| id % 7 != 0).collect()),
            ("a pe", (1..80).rev().filter(|id| id % 7 == 0).collect()),
            ("guest plu", vec![]),
            ("apple ", (1..80).rev().filter(|id| id % 7 != 0).collect()),
            ("plum", vec![]),
        ] {
            for limit in [1, 5, 50] {
                let query = SearchQuery::parse(typed).expect("short");
                let (mut ids, mut cursor, mut answers) = (Vec::new(), None, 0);
                loop {
                    let listing = SearchListing { limit, cursor };
                    let found = store.search_comments(site_id, "/a", &query, listing).await.expect("searchable");
                    ids.extend(found.comments.iter().map(|comment| comment.id.0));
                    (cursor, answers) = (found.cursor, answers + 1);
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(ids, expected, "{typed}, limit {limit}");
                assert!(answers >= 3, "an answer is bounded: {answers} for {typed}");
            }
        }
        store.close().await;
    }
}
