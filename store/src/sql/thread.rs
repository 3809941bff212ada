//! Threads: their heads and their counters.

use super::change_log::log_change;
use super::dialect::{Connection, Row, each_text, join, thread_id_for};
use super::number::number;
use crate::writer::{Applied, Subject, Write};
use crate::{Change, ChangeKind, SiteId, StoreError, Thread, ThreadId};
use afterword_wire::{ChangeId, PageCount, Timestamp};
use async_trait::async_trait;
use sqlx::{FromRow, Row as _};
use std::collections::HashMap;

/// The columns a [`ThreadRow`] reads.
macro_rules! thread_columns {
    () => {
        "thread.thread_id, thread.page_key, thread.page_url, thread.page_title, thread.is_closed, thread.comment_count, \
         thread.root_count"
    };
}
pub(crate) use thread_columns;

/// A thread with the counter that only listings need.
pub(crate) struct ThreadRow {
    /// Its head.
    pub(crate) thread: Thread,
    /// Listed root comments.
    pub(crate) root_count: u32,
}

impl FromRow<'_, Row> for ThreadRow {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        let thread = Thread {
            id: ThreadId(row.try_get("thread_id")?),
            page_key: row.try_get("page_key")?,
            page_url: row.try_get("page_url")?,
            page_title: row.try_get("page_title")?,
            is_closed: row.try_get("is_closed")?,
            comment_count: number(row, "comment_count")?,
        };
        Ok(Self { thread, root_count: number(row, "root_count")? })
    }
}

/// The thread of a page.
pub(crate) async fn find_thread(
    connection: &mut Connection,
    site_id: SiteId,
    page_key: &str,
) -> Result<Option<ThreadRow>, StoreError> {
    let sql = concat!("SELECT ", thread_columns!(), " FROM thread WHERE site_id = $1 AND page_key = $2");
    Ok(sqlx::query_as(sql).bind(site_id.0).bind(page_key).fetch_optional(connection).await?)
}

/// The thread of that id.
pub(crate) async fn read_thread(connection: &mut Connection, thread_id: ThreadId) -> Result<ThreadRow, StoreError> {
    let sql = concat!("SELECT ", thread_columns!(), " FROM thread WHERE thread_id = $1");
    Ok(sqlx::query_as(sql).bind(thread_id.0).fetch_one(connection).await?)
}

/// Begins a page's thread.
pub(crate) async fn begin_thread(
    connection: &mut Connection,
    site_id: SiteId,
    page_key: &str,
    now: Timestamp,
) -> Result<Thread, StoreError> {
    let sql = concat!(
        "INSERT INTO thread (thread_id, site_id, page_key, created_at) VALUES ($1, $2, $3, $4) RETURNING ",
        thread_columns!()
    );
    let row: ThreadRow = sqlx::query_as(sql)
        .bind(thread_id_for(site_id, page_key))
        .bind(site_id.0)
        .bind(page_key)
        .bind(now.0)
        .fetch_one(connection)
        .await?;
    Ok(row.thread)
}

/// Keeps the page's address where none is known, and its latest title. Returns whether one of them is new.
pub(crate) fn describe(thread: &mut Thread, page_url: Option<&str>, page_title: Option<&str>) -> bool {
    let (is_new_url, is_new_title) = (
        thread.page_url.is_none() && page_url.is_some(),
        page_title.is_some_and(|title| thread.page_title.as_deref() != Some(title)),
    );
    if is_new_url {
        thread.page_url = page_url.map(str::to_owned);
    }
    if is_new_title {
        thread.page_title = page_title.map(str::to_owned);
    }
    is_new_url || is_new_title
}

/// Moves a thread's counters; returns how many comments can be read now.
pub(crate) async fn add_to_counters(
    connection: &mut Connection,
    thread_id: ThreadId,
    comments: i64,
    roots: i64,
) -> Result<u32, StoreError> {
    let sql = "UPDATE thread SET comment_count = comment_count + $1, root_count = root_count + $2 WHERE thread_id = $3 \
               RETURNING comment_count";
    let count: i32 = sqlx::query_scalar(sql).bind(comments).bind(roots).bind(thread_id.0).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

/// How many comments pages have, in the order asked.
pub(crate) async fn count_comments(
    connection: &mut Connection,
    site_id: SiteId,
    page_keys: &[String],
) -> Result<Vec<PageCount>, StoreError> {
    let sql = concat!(
        "SELECT thread.page_key, thread.comment_count FROM ",
        each_text!("$2", "page"),
        " ",
        join!(),
        " thread ON thread.site_id = $1 AND thread.page_key = page.value"
    );
    let asked = serde_json::Value::from(page_keys).to_string();
    let rows: Vec<(String, i32)> = sqlx::query_as(sql).bind(site_id.0).bind(asked).fetch_all(connection).await?;
    let counts: HashMap<String, i32> = rows.into_iter().collect();
    let count_of = |key: &String| PageCount {
        page_key: key.clone(),
        comment_count: counts.get(key).copied().unwrap_or(0).unsigned_abs(),
        text: None,
    };
    Ok(page_keys.iter().map(count_of).collect())
}

/// Opens or closes a page's thread.
pub(crate) struct SetThreadClosed {
    pub(crate) site_id: SiteId,
    pub(crate) page_key: String,
    pub(crate) is_closed: bool,
    pub(crate) new_change_id: ChangeId,
    pub(crate) now: Timestamp,
}

#[async_trait]
impl Write<Connection> for SetThreadClosed {
    type Answer = ();

    fn subject(&self) -> Subject<'_> {
        Subject::Pages(self.site_id, vec![&self.page_key])
    }

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<()>, StoreError> {
        let sql = "INSERT INTO thread (thread_id, site_id, page_key, is_closed, created_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (site_id, page_key) DO UPDATE SET is_closed = excluded.is_closed RETURNING thread_id";
        let closing = sqlx::query_scalar(sql)
            .bind(thread_id_for(self.site_id, &self.page_key))
            .bind(self.site_id.0)
            .bind(&self.page_key)
            .bind(self.is_closed)
            .bind(self.now.0);
        let thread_id = ThreadId(closing.fetch_one(&mut *connection).await?);
        log_change(connection, (self.site_id, thread_id), self.new_change_id, None, ChangeKind::Thread).await?;
        let change = Change::Thread { site_id: self.site_id, page_key: self.page_key.clone() };
        Ok(Applied::seen((), change))
    }
}
