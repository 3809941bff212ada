//! A thread's log of changes.

use super::comment_row::{CommentRow, comment_columns};
use super::thread::find_thread;
use super::writer::{Applied, Write};
use crate::{ChangeKind, ChangeLog, LogEntry, SiteId, StoreError, ThreadId};
use afterword_wire::{AuthorId, ChangeId, Comment, CommentId, Written};
use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqliteConnection};

/// Entries after a place: takes thread, place and limit.
pub(super) const ENTRIES: &str = concat!(
    "SELECT change.change_id, change.kind, ",
    comment_columns!(),
    " FROM change LEFT JOIN comment ON comment.thread_id = change.thread_id AND comment.comment_id = change.comment_id \
     WHERE change.thread_id = ? AND change.change_id > ? ORDER BY change.change_id LIMIT ?"
);

/// Adds an entry. Its id is the one wished for, or the next after the thread's last: writes come one after the other, and so
/// whoever has read up to some id has missed nothing before it.
pub(super) async fn log_change(
    connection: &mut SqliteConnection,
    (site_id, thread_id): (SiteId, ThreadId),
    new_change_id: ChangeId,
    comment_id: Option<CommentId>,
    kind: ChangeKind,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO change (site_id, thread_id, change_id, comment_id, kind) VALUES (?1, ?2, \
               max(?3, 1 + coalesce((SELECT max(change_id) FROM change WHERE thread_id = ?2), 0)), ?4, ?5)";
    let insert = sqlx::query(sql)
        .bind(site_id.0)
        .bind(thread_id.0)
        .bind(new_change_id.0.cast_signed())
        .bind(comment_id.map_or(0, |id| id.0.cast_signed()))
        .bind(kind_word(kind));
    insert.execute(connection).await?;
    Ok(())
}

/// Where a thread's log stands; `None` while it is empty.
pub(super) async fn newest_change(
    connection: &mut SqliteConnection,
    thread_id: ThreadId,
) -> Result<Option<ChangeId>, StoreError> {
    let sql = "SELECT max(change_id) FROM change WHERE thread_id = ?";
    let newest: Option<i64> = sqlx::query_scalar(sql).bind(thread_id.0).fetch_one(connection).await?;
    Ok(newest.map(|id| ChangeId(id.cast_unsigned())))
}

/// What the log of a page's thread tells after a place.
pub(super) async fn read_changes(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    page_key: &str,
    after: Option<ChangeId>,
    limit: u32,
) -> Result<ChangeLog, StoreError> {
    let Some(row) = find_thread(connection, site_id, page_key).await? else {
        return Ok(ChangeLog { as_of: None, is_whole: after.is_none(), entries: Vec::new() });
    };
    let thread = row.thread;
    let place = after.map_or(0, |id| id.0.cast_signed());
    let rows = sqlx::query(ENTRIES).bind(thread.id.0).bind(place).bind(limit).fetch_all(&mut *connection).await?;
    let entries = rows.iter().map(|row| read_entry(row, thread.comment_count)).collect::<Result<_, _>>()?;
    let as_of = newest_change(connection, thread.id).await?;
    let is_whole = after.is_none() || has_entry_up_to(connection, thread.id, place).await?;
    Ok(ChangeLog { as_of, is_whole, entries })
}

/// Old entries go first. So while one is there that is no later than a place, none after that place is missing.
async fn has_entry_up_to(connection: &mut SqliteConnection, thread_id: ThreadId, place: i64) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM change WHERE thread_id = ? AND change_id <= ?)";
    Ok(sqlx::query_scalar(sql).bind(thread_id.0).bind(place).fetch_one(connection).await?)
}

fn read_entry(row: &SqliteRow, comment_count: u32) -> Result<LogEntry, sqlx::Error> {
    let id = ChangeId(row.try_get::<i64, _>("change_id")?.cast_unsigned());
    let kind = kind_of(row.try_get("kind")?);
    let has_comment = row.try_get::<Option<i64>, _>("comment_id")?.is_some();
    let written = if has_comment { Some(as_others_see_it(CommentRow::from_row(row)?, comment_count)) } else { None };
    Ok(LogEntry { id, kind, written })
}

fn as_others_see_it(row: CommentRow, comment_count: u32) -> Written {
    let CommentRow { comment, is_listed, .. } = row;
    let comment =
        if is_listed { comment } else { Comment { author: None, answers_name: None, body_html: String::new(), ..comment } };
    let author_id = comment.author.as_ref().map_or(AuthorId(0), |author| author.id);
    Written { comment, author_id, comment_count, is_listed }
}

fn kind_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Created => "created",
        ChangeKind::Edited => "edited",
        ChangeKind::Deleted => "deleted",
        ChangeKind::Thread => "thread",
    }
}

fn kind_of(word: &str) -> ChangeKind {
    match word {
        "created" => ChangeKind::Created,
        "edited" => ChangeKind::Edited,
        "deleted" => ChangeKind::Deleted,
        _ => ChangeKind::Thread,
    }
}

/// Forgets entries before an id.
pub(super) struct ForgetChanges(pub(super) ChangeId);

#[async_trait]
impl Write for ForgetChanges {
    type Answer = u64;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<u64>, StoreError> {
        let before = self.0.0.cast_signed();
        let forgotten = sqlx::query("DELETE FROM change WHERE change_id < ?").bind(before).execute(connection).await?;
        Ok(Applied::unseen(forgotten.rows_affected()))
    }
}
