//! A site's records, in an order that never changes: threads by page key, authors by id, comments by id.

use super::dialect::{Connection, Row, join};
use super::import_comment::status_of;
use super::number::number;
use crate::{AuthorRecord, CommentRecord, Record, SiteId, StoreError, ThreadRecord};
use afterword_wire::{AuthorId, CommentId, Timestamp};
use sqlx::{FromRow, Row as _};
use std::fmt::Write;

/// The next records after one; empty only at the end.
pub(crate) async fn export_records(
    connection: &mut Connection,
    site_id: SiteId,
    after: Option<&Record>,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    let (mut page_key, mut author_id, mut comment_id) = (None, i64::MIN, 0);
    match after {
        None => {}
        Some(Record::Thread(thread)) => page_key = Some(thread.page_key.as_str()),
        Some(Record::Author(author)) => author_id = author.author_id.0.cast_signed(),
        Some(Record::Comment(comment)) => comment_id = comment.comment_id.0.cast_signed(),
    }
    let room = |records: &Vec<Record>| limit.saturating_sub(u32::try_from(records.len()).unwrap_or(limit));
    let mut records = Vec::new();
    if matches!(after, None | Some(Record::Thread(_))) {
        records = threads(connection, site_id, page_key, limit).await?;
    }
    if !matches!(after, Some(Record::Comment(_))) {
        let limit = room(&records);
        records.extend(authors(connection, site_id, author_id, limit).await?);
    }
    let limit = room(&records);
    records.extend(comments(connection, site_id, comment_id, limit).await?);
    Ok(records)
}

async fn threads(
    connection: &mut Connection,
    site_id: SiteId,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    // The first key may be the empty text, which nothing is smaller than.
    let sql = "SELECT page_key, page_url, page_title, is_closed, created_at FROM thread \
               WHERE site_id = $1 AND page_key >= coalesce($2, '') AND page_key IS DISTINCT FROM $2 ORDER BY page_key LIMIT $3";
    let rows: Vec<ThreadRecord> =
        sqlx::query_as(sql).bind(site_id.0).bind(after).bind(i64::from(limit)).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Record::Thread).collect())
}

async fn authors(connection: &mut Connection, site_id: SiteId, after: i64, limit: u32) -> Result<Vec<Record>, StoreError> {
    let sql =
        "SELECT author_id, token_hash, created_at FROM author WHERE site_id = $1 AND author_id > $2 ORDER BY author_id LIMIT $3";
    let rows: Vec<AuthorRecord> =
        sqlx::query_as(sql).bind(site_id.0).bind(after).bind(i64::from(limit)).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Record::Author).collect())
}

async fn comments(connection: &mut Connection, site_id: SiteId, after: i64, limit: u32) -> Result<Vec<Record>, StoreError> {
    let sql = concat!(
        "SELECT comment.*, thread.page_key FROM comment ",
        join!(),
        " thread USING (thread_id) WHERE comment.site_id = $1 AND comment_id > $2 ORDER BY comment_id LIMIT $3"
    );
    let rows: Vec<CommentRecord> =
        sqlx::query_as(sql).bind(site_id.0).bind(after).bind(i64::from(limit)).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Record::Comment).collect())
}

/// How many records a site's export holds.
pub(crate) async fn count_records(connection: &mut Connection, site_id: SiteId) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM thread WHERE site_id = $1) + (SELECT count(*) FROM author WHERE site_id = $1) \
               + (SELECT count(*) FROM comment WHERE site_id = $1)";
    let count: i64 = sqlx::query_scalar(sql).bind(site_id.0).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

impl FromRow<'_, Row> for ThreadRecord {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            page_key: row.try_get("page_key")?,
            page_url: row.try_get("page_url")?,
            page_title: row.try_get("page_title")?,
            is_closed: row.try_get("is_closed")?,
            created_at: Timestamp(row.try_get("created_at")?),
        })
    }
}

impl FromRow<'_, Row> for AuthorRecord {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        let token_hash: Option<Vec<u8>> = row.try_get("token_hash")?;
        Ok(Self {
            author_id: AuthorId(row.try_get::<i64, _>("author_id")?.cast_unsigned()),
            token_hash: token_hash.map(|hash| write_hash(&hash)),
            created_at: Timestamp(row.try_get("created_at")?),
        })
    }
}

impl FromRow<'_, Row> for CommentRecord {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        let parent_id: i64 = row.try_get("parent_id")?;
        Ok(Self {
            comment_id: CommentId(row.try_get::<i64, _>("comment_id")?.cast_unsigned()),
            page_key: row.try_get("page_key")?,
            parent_id: (parent_id != 0).then_some(CommentId(parent_id.cast_unsigned())),
            answers_name: row.try_get("answers_name")?,
            author_id: AuthorId(row.try_get::<i64, _>("author_id")?.cast_unsigned()),
            author_name: row.try_get("author_name")?,
            author_email: row.try_get("author_email")?,
            author_website: row.try_get("author_website")?,
            moderation_status: status_of(row.try_get("moderation_status")?),
            created_at: Timestamp(row.try_get("created_at")?),
            edited_at: row.try_get::<Option<i64>, _>("edited_at")?.map(Timestamp),
            deleted_at: row.try_get::<Option<i64>, _>("deleted_at")?.map(Timestamp),
            body_markdown: row.try_get("body_markdown")?,
            body_html: row.try_get("body_html")?,
            renderer_version: number(row, "renderer_version")?,
        })
    }
}

fn write_hash(hash: &[u8]) -> String {
    hash.iter().fold(String::with_capacity(2 * hash.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
