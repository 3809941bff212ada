//! Sections of a thread: the pieces in which it is searched.
//!
//! FTS5 gathers everything that begins with some letters before it gives the first result. Within a section that is little,
//! however long the thread is.

use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqliteConnection};

/// Comments in a section before the next one begins. More make rare words cheaper, fewer make beginnings of words cheaper.
const SECTION_COMMENTS: i64 = if cfg!(test) { 4 } else { 16_384 };

/// A run of neighbouring comments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    /// Leads every term of its comments.
    pub(super) section_id: i64,
    /// Where it begins.
    pub(super) first_comment_id: i64,
    last_comment_id: i64,
    comment_count: i64,
}

impl FromRow<'_, SqliteRow> for Section {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            section_id: row.try_get("section_id")?,
            first_comment_id: row.try_get("first_comment_id")?,
            last_comment_id: row.try_get("last_comment_id")?,
            comment_count: row.try_get("comment_count")?,
        })
    }
}

/// Sections that begin before a comment, the latest first: takes thread, comment, and how many at most.
pub(super) const SECTIONS_BEFORE: &str = "SELECT section_id, first_comment_id, last_comment_id, comment_count FROM search_section \
     WHERE thread_id = ? AND first_comment_id < ? ORDER BY first_comment_id DESC LIMIT ?";

/// The section that holds a comment; `None` while its thread has none.
pub(super) async fn section_of(
    connection: &mut SqliteConnection,
    thread_id: ThreadId,
    comment_id: CommentId,
) -> Result<Option<Section>, StoreError> {
    let after = comment_id.0.cast_signed().saturating_add(1);
    Ok(sqlx::query_as(SECTIONS_BEFORE).bind(thread_id.0).bind(after).bind(1).fetch_optional(connection).await?)
}

/// The section a new comment goes to, which counts it. It begins with the comment when the one before is full.
pub(super) async fn enter_section(
    connection: &mut SqliteConnection,
    thread_id: ThreadId,
    comment_id: CommentId,
) -> Result<i64, StoreError> {
    let id = comment_id.0.cast_signed();
    let first_comment_id = match section_of(connection, thread_id, comment_id).await? {
        None => 0,
        Some(section) if section.comment_count >= SECTION_COMMENTS && id > section.last_comment_id => id,
        Some(section) => section.first_comment_id,
    };
    let sql = "INSERT INTO search_section (thread_id, first_comment_id, last_comment_id, comment_count) VALUES (?, ?, ?, 1) \
               ON CONFLICT (thread_id, first_comment_id) DO UPDATE SET comment_count = comment_count + 1, \
               last_comment_id = max(last_comment_id, excluded.last_comment_id) RETURNING section_id";
    Ok(sqlx::query_scalar(sql).bind(thread_id.0).bind(first_comment_id).bind(id).fetch_one(connection).await?)
}

/// Counts a comment out of its section.
pub(super) async fn leave_section(connection: &mut SqliteConnection, section_id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE search_section SET comment_count = comment_count - 1 WHERE section_id = ?";
    sqlx::query(sql).bind(section_id).execute(connection).await?;
    Ok(())
}
