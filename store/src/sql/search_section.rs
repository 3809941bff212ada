//! Sections of a thread: the pieces in which it is searched.
//!
//! A database gathers everything that begins with some letters before it gives the first result. Within a section that is little,
//! however long the thread is.

use super::dialect::{Connection, Row, greater, section_id_for};
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use sqlx::{FromRow, Row as _};

/// Comments in a section before the next one begins. More make rare words cheaper, fewer make beginnings of words cheaper.
const SECTION_COMMENTS: i64 = 16_384;

/// A run of neighbouring comments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    /// Leads every term of its comments.
    pub(crate) section_id: i64,
    /// Where it begins.
    pub(crate) first_comment_id: i64,
    pub(crate) last_comment_id: i64,
    /// Comments in it.
    pub(crate) comment_count: i64,
}

impl FromRow<'_, Row> for Section {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            section_id: row.try_get("section_id")?,
            first_comment_id: row.try_get("first_comment_id")?,
            last_comment_id: row.try_get("last_comment_id")?,
            comment_count: row.try_get("comment_count")?,
        })
    }
}

/// Sections that begin before a comment, the latest first: takes thread, comment, and how many at most.
pub(crate) const SECTIONS_BEFORE: &str = "SELECT section_id, first_comment_id, last_comment_id, comment_count FROM search_section \
     WHERE thread_id = $1 AND first_comment_id < $2 ORDER BY first_comment_id DESC LIMIT $3";

/// The section that holds a comment; `None` while its thread has none.
pub(crate) async fn section_of(
    connection: &mut Connection,
    thread_id: ThreadId,
    comment_id: CommentId,
) -> Result<Option<Section>, StoreError> {
    let after = comment_id.0.cast_signed().saturating_add(1);
    Ok(sqlx::query_as(SECTIONS_BEFORE).bind(thread_id.0).bind(after).bind(1_i64).fetch_optional(connection).await?)
}

/// The section a new comment goes to, which counts it. It begins with the comment when the one before is full.
pub(crate) async fn enter_section(
    connection: &mut Connection,
    thread_id: ThreadId,
    comment_id: CommentId,
) -> Result<i64, StoreError> {
    let id = comment_id.0.cast_signed();
    let first_comment_id = first_comment_of_its_section(section_of(connection, thread_id, comment_id).await?, id);
    let sql = concat!(
        "INSERT INTO search_section (section_id, thread_id, first_comment_id, last_comment_id, comment_count) \
         VALUES ($1, $2, $3, $4, 1) ON CONFLICT (thread_id, first_comment_id) \
         DO UPDATE SET comment_count = search_section.comment_count + 1, last_comment_id = ",
        greater!(),
        "(search_section.last_comment_id, excluded.last_comment_id) RETURNING section_id"
    );
    let section_id = section_id_for(thread_id, first_comment_id);
    let enter = sqlx::query_scalar(sql).bind(section_id).bind(thread_id.0).bind(first_comment_id).bind(id);
    Ok(enter.fetch_one(connection).await?)
}

/// Where the section begins that a comment goes to after this one, or into it.
pub(crate) fn first_comment_of_its_section(before: Option<Section>, comment_id: i64) -> i64 {
    match before {
        None => 0,
        Some(section) if section.comment_count >= SECTION_COMMENTS && comment_id > section.last_comment_id => comment_id,
        Some(section) => section.first_comment_id,
    }
}

/// Counts a comment out of its section.
pub(crate) async fn leave_section(connection: &mut Connection, section_id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE search_section SET comment_count = comment_count - 1 WHERE section_id = $1";
    sqlx::query(sql).bind(section_id).execute(connection).await?;
    Ok(())
}
