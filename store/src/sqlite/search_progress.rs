//! Takes in, little by little, the comments that were there before anything could be searched.
//!
//! They are gone through by thread and id. How far that has come is kept in the database, in the transaction that brought it
//! there: a process that is stopped midway, and any number of them at once, leave nothing out and take nothing in twice. A write
//! to a comment whose turn has not come leaves it to its turn.

use super::sql::comment_row::{CommentRow, comment_columns};
use super::sql::search_index::{Findable, add};
use crate::writer::{Applied, Write, Writer};
use crate::{Change, StoreError, ThreadId};
use afterword_wire::CommentId;
use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, SqliteConnection};
use std::sync::Weak;
use std::time::Duration;

/// Comments taken in with one write: some milliseconds during which other writes wait.
const BATCH: i64 = 256;
/// Rest between two batches, so that other writes find the writer free most of the time.
const REST: Duration = Duration::from_millis(20);

/// Until the next try when the database does not answer.
const RETRY: Duration = Duration::from_secs(10);

/// How far the comments that were there before are taken in, by thread and id.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    thread_id: i64,
    comment_id: i64,
}

impl Progress {
    /// As it is in this transaction.
    pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let progress = sqlx::query_as("SELECT thread_id, comment_id FROM search_progress");
        let (thread_id, comment_id) = progress.fetch_one(connection).await?;
        Ok(Self { thread_id, comment_id })
    }

    /// Whether the comments of this place are taken in already.
    pub(crate) fn covers(self, thread_id: ThreadId, comment_id: CommentId) -> bool {
        (thread_id.0, comment_id.0.cast_signed()) <= (self.thread_id, self.comment_id)
    }

    fn is_complete(self) -> bool {
        self.thread_id == i64::MAX
    }
}

/// Goes on where an earlier process stopped, until everything is taken in or the store closes.
pub(super) async fn index_what_was_there(writer: Weak<Writer<SqliteConnection>>) {
    while let Some(open) = writer.upgrade() {
        let outcome = open.submit(IndexMore).await;
        drop(open);
        match outcome {
            Ok(true) => tokio::time::sleep(REST).await,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "store.search.index");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

/// Whether there is nothing left to take in.
pub(super) async fn is_complete(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    Ok(Progress::read(connection).await?.is_complete())
}

/// Takes in the next batch. Answers whether there may be more.
struct IndexMore;

#[async_trait]
impl Write<SqliteConnection> for IndexMore {
    type Answer = bool;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<bool>, StoreError> {
        let Progress { thread_id, comment_id } = Progress::read(connection).await?;
        let next = sqlx::query_as(NEXT).bind(thread_id).bind(comment_id).bind(BATCH);
        let rows: Vec<Waiting> = next.fetch_all(&mut *connection).await?;
        for waiting in rows.iter().filter(|waiting| waiting.is_findable) {
            add(connection, Findable::of(&waiting.row)).await?;
        }
        let last = rows.last().map(|waiting| (waiting.row.thread_id.0, waiting.row.comment.id.0.cast_signed()));
        let (thread_id, comment_id) = last.unwrap_or((i64::MAX, 0));
        let sql = "UPDATE search_progress SET thread_id = ?, comment_id = ?";
        sqlx::query(sql).bind(thread_id).bind(comment_id).execute(connection).await?;
        Ok(match rows.is_empty() {
            false => Applied::unseen(true),
            // Who searched meanwhile was shown what had been taken in by then, and answers are kept until something changes.
            true => Applied::seen(false, Change::Everything),
        })
    }
}

/// The comments that come after one: takes its thread, its id, and how many.
pub(super) const NEXT: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " FROM comment WHERE (thread_id, comment_id) > (?, ?) ORDER BY thread_id, comment_id LIMIT ?"
);

/// A comment whose turn it is.
struct Waiting {
    row: CommentRow,
    is_findable: bool,
}

impl FromRow<'_, SqliteRow> for Waiting {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let row = CommentRow::from_row(row)?;
        let is_findable = row.is_listed && !row.comment.is_deleted();
        Ok(Self { row, is_findable })
    }
}
