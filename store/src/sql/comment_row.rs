//! A comment as it lies in its table.

use super::dialect::{Connection, Row, each_number, join};
use super::number::number;
use crate::{SiteId, StoreError, ThreadId};
use afterword_wire::{Author, AuthorId, Comment, CommentId, Timestamp};
use sqlx::{FromRow, Row as _};
use std::collections::HashSet;

/// The columns a [`CommentRow`] reads.
macro_rules! comment_columns {
    () => {
        "comment.thread_id, comment.comment_id, comment.parent_id, comment.depth, comment.author_id, comment.author_name, \
         comment.author_website, comment.answers_name, comment.moderation_status, comment.is_listed, comment.reply_count, \
         comment.created_at, comment.edited_at, comment.deleted_at, comment.body_html"
    };
}
pub(crate) use comment_columns;

/// A comment with what readers see of it and what writes must know.
#[derive(Clone)]
pub(crate) struct CommentRow {
    /// Its thread.
    pub(crate) thread_id: ThreadId,
    /// Who wrote it, even when deleted.
    pub(crate) author_id: AuthorId,
    /// Display name; empty once deleted.
    pub(crate) author_name: String,
    /// Whether no moderator holds it back.
    pub(crate) is_approved: bool,
    /// Whether readers see it, as a comment or as a placeholder.
    pub(crate) is_listed: bool,
    /// As readers see it; `more` is not known yet.
    pub(crate) comment: Comment,
}

impl FromRow<'_, Row> for CommentRow {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        let author_id = AuthorId(row.try_get::<i64, _>("author_id")?.cast_unsigned());
        let author_name: String = row.try_get("author_name")?;
        let is_deleted = row.try_get::<Option<i64>, _>("deleted_at")?.is_some();
        let author = if is_deleted {
            None
        } else {
            Some(Author { id: author_id, name: author_name.clone(), website: row.try_get("author_website")? })
        };
        let parent_id: i64 = row.try_get("parent_id")?;
        let comment = Comment {
            id: CommentId(row.try_get::<i64, _>("comment_id")?.cast_unsigned()),
            parent_id: (parent_id != 0).then_some(CommentId(parent_id.cast_unsigned())),
            depth: number(row, "depth")?,
            answers_name: row.try_get("answers_name")?,
            author,
            created_at: Timestamp(row.try_get("created_at")?),
            edited_at: row.try_get::<Option<i64>, _>("edited_at")?.map(Timestamp),
            body_html: row.try_get("body_html")?,
            reply_count: number(row, "reply_count")?,
            more: None,
        };
        Ok(Self {
            thread_id: ThreadId(row.try_get("thread_id")?),
            author_id,
            author_name,
            is_approved: row.try_get::<&str, _>("moderation_status")? == "approved",
            is_listed: row.try_get("is_listed")?,
            comment,
        })
    }
}

/// The comment of that id on a site, listed or not.
pub(crate) async fn find_comment(
    connection: &mut Connection,
    site_id: SiteId,
    comment_id: CommentId,
) -> Result<Option<CommentRow>, StoreError> {
    let sql = concat!("SELECT ", comment_columns!(), " FROM comment WHERE site_id = $1 AND comment_id = $2");
    Ok(sqlx::query_as(sql).bind(site_id.0).bind(comment_id.0.cast_signed()).fetch_optional(connection).await?)
}

/// Which of these comments a site has, listed or not.
pub(crate) async fn find_known(
    connection: &mut Connection,
    site_id: SiteId,
    ids: impl Iterator<Item = CommentId>,
) -> Result<HashSet<CommentId>, StoreError> {
    let sql = concat!(
        "SELECT comment_id FROM ",
        each_number!("$2", "asked"),
        " ",
        join!(),
        " comment ON site_id = $1 AND comment_id = asked.value"
    );
    let asked = serde_json::Value::from_iter(ids.map(|id| id.0.cast_signed())).to_string();
    let known: Vec<i64> = sqlx::query_scalar(sql).bind(site_id.0).bind(asked).fetch_all(connection).await?;
    Ok(known.into_iter().map(|id| CommentId(id.cast_unsigned())).collect())
}

/// The id as a parent column holds it: 0 for a root comment's.
pub(crate) fn parent_column(parent_id: Option<CommentId>) -> i64 {
    parent_id.map_or(0, |id| id.0.cast_signed())
}

/// The comment of that id in a thread that is known to hold it.
pub(crate) async fn find_comment_in_thread(
    connection: &mut Connection,
    thread_id: ThreadId,
    comment_id: CommentId,
) -> Result<CommentRow, StoreError> {
    let sql = concat!("SELECT ", comment_columns!(), " FROM comment WHERE thread_id = $1 AND comment_id = $2");
    Ok(sqlx::query_as(sql).bind(thread_id.0).bind(comment_id.0.cast_signed()).fetch_one(connection).await?)
}
