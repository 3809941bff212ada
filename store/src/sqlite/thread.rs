//! Threads: their heads and their counters.

use super::change_log::log_change;
use super::writer::{Applied, Write};
use crate::{Change, ChangeKind, SiteId, StoreError, Thread, ThreadId};
use afterword_wire::{ChangeId, PageCount, Timestamp};
use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqliteConnection};
use std::collections::HashMap;

/// A thread with the counter that only listings need.
pub(super) struct ThreadRow {
    /// Its head.
    pub(super) thread: Thread,
    /// Listed root comments.
    pub(super) root_count: u32,
}

impl FromRow<'_, SqliteRow> for ThreadRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let thread = Thread {
            id: ThreadId(row.try_get("thread_id")?),
            page_key: row.try_get("page_key")?,
            page_url: row.try_get("page_url")?,
            page_title: row.try_get("page_title")?,
            is_closed: row.try_get("is_closed")?,
            comment_count: row.try_get("comment_count")?,
        };
        Ok(Self { thread, root_count: row.try_get("root_count")? })
    }
}

/// The thread of a page.
pub(super) async fn find_thread(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    page_key: &str,
) -> Result<Option<ThreadRow>, StoreError> {
    let sql = "SELECT thread_id, page_key, page_url, page_title, is_closed, comment_count, root_count \
               FROM thread WHERE site_id = ? AND page_key = ?";
    Ok(sqlx::query_as(sql).bind(site_id.0).bind(page_key).fetch_optional(connection).await?)
}

/// The thread of that id.
pub(super) async fn read_thread(connection: &mut SqliteConnection, thread_id: ThreadId) -> Result<ThreadRow, StoreError> {
    let sql =
        "SELECT thread_id, page_key, page_url, page_title, is_closed, comment_count, root_count FROM thread WHERE thread_id = ?";
    Ok(sqlx::query_as(sql).bind(thread_id.0).fetch_one(connection).await?)
}

/// Begins a page's thread.
pub(super) async fn begin_thread(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    page_key: &str,
    now: Timestamp,
) -> Result<Thread, StoreError> {
    let sql = "INSERT INTO thread (site_id, page_key, created_at) VALUES (?, ?, ?) \
               RETURNING thread_id, page_key, page_url, page_title, is_closed, comment_count, root_count";
    let row: ThreadRow = sqlx::query_as(sql).bind(site_id.0).bind(page_key).bind(now.0).fetch_one(connection).await?;
    Ok(row.thread)
}

/// Keeps the page's address where none is known, and its latest title.
pub(super) async fn describe_page(
    connection: &mut SqliteConnection,
    thread: &Thread,
    page_url: Option<&str>,
    page_title: Option<&str>,
) -> Result<(), StoreError> {
    let (known_url, known_title) = (thread.page_url.as_deref(), thread.page_title.as_deref());
    let (url, title) = (known_url.or(page_url), page_title.or(known_title));
    if (url, title) == (known_url, known_title) {
        return Ok(());
    }
    let sql = "UPDATE thread SET page_url = ?, page_title = ? WHERE thread_id = ?";
    sqlx::query(sql).bind(url).bind(title).bind(thread.id.0).execute(connection).await?;
    Ok(())
}

/// Moves a thread's counters; returns how many comments can be read now.
pub(super) async fn add_to_counters(
    connection: &mut SqliteConnection,
    thread_id: ThreadId,
    comments: i64,
    roots: i64,
) -> Result<u32, StoreError> {
    let sql = "UPDATE thread SET comment_count = comment_count + ?, root_count = root_count + ? WHERE thread_id = ? \
               RETURNING comment_count";
    Ok(sqlx::query_scalar(sql).bind(comments).bind(roots).bind(thread_id.0).fetch_one(connection).await?)
}

/// How many comments pages have, in the order asked.
pub(super) async fn count_comments(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    page_keys: &[String],
) -> Result<Vec<PageCount>, StoreError> {
    let sql = "SELECT thread.page_key, thread.comment_count FROM json_each(?2) AS page \
               CROSS JOIN thread ON thread.site_id = ?1 AND thread.page_key = page.value";
    let asked = serde_json::Value::from(page_keys).to_string();
    let rows: Vec<(String, u32)> = sqlx::query_as(sql).bind(site_id.0).bind(asked).fetch_all(connection).await?;
    let counts: HashMap<String, u32> = rows.into_iter().collect();
    let count_of =
        |key: &String| PageCount { page_key: key.clone(), comment_count: counts.get(key).copied().unwrap_or(0), text: None };
    Ok(page_keys.iter().map(count_of).collect())
}

/// Opens or closes a page's thread.
pub(super) struct SetThreadClosed {
    pub(super) site_id: SiteId,
    pub(super) page_key: String,
    pub(super) is_closed: bool,
    pub(super) new_change_id: ChangeId,
    pub(super) now: Timestamp,
}

#[async_trait]
impl Write for SetThreadClosed {
    type Answer = ();

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<()>, StoreError> {
        let sql = "INSERT INTO thread (site_id, page_key, is_closed, created_at) VALUES (?, ?, ?, ?) \
                   ON CONFLICT (site_id, page_key) DO UPDATE SET is_closed = excluded.is_closed RETURNING thread_id";
        let closing = sqlx::query_scalar(sql).bind(self.site_id.0).bind(&self.page_key).bind(self.is_closed).bind(self.now.0);
        let thread_id = ThreadId(closing.fetch_one(&mut *connection).await?);
        log_change(connection, (self.site_id, thread_id), self.new_change_id, None, ChangeKind::Thread).await?;
        let change = Change::Thread { site_id: self.site_id, page_key: self.page_key.clone() };
        Ok(Applied::seen((), change))
    }
}
