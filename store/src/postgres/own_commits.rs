//! What this process commits, numbered, for the others to hear.

use super::heard::Heard;
use super::sql::new_row::hex;
use super::transact::PgJob;
use crate::{Change, StoreError};
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use std::collections::BTreeSet;

/// Where commits are announced.
pub(super) const CHANNEL: &str = "afterword";
/// Longest notification, which the database limits to 8000 bytes; what is longer is read from the table.
const MAX_NOTICE_BYTES: usize = 7500;
/// Commits that stay in the table, for processes that heard nothing of them. Who is further behind takes everything as changed.
const KEPT: i64 = 1024;

/// The commits of this process.
pub(super) struct OwnCommits {
    writer_id: String,
    /// Of the newest commit, or of one that may have failed.
    number: i64,
    /// What the newest commit changed, until it is announced.
    changes: Option<String>,
}

impl OwnCommits {
    /// None yet, of a process that no other is called like.
    pub(super) fn of(writer_id: String) -> Self {
        Self { writer_id, number: 0, changes: None }
    }

    /// Notes what these writes change, in their own transaction.
    pub(super) async fn note(&mut self, connection: &mut PgConnection, jobs: &[PgJob]) -> Result<(), StoreError> {
        self.changes = None;
        let changes: Vec<&Change> = jobs.iter().filter_map(|job| job.change()).collect();
        if changes.is_empty() {
            return Ok(());
        }
        // A number is used once, although its commit may have failed: others then find a gap and take everything as changed.
        self.number += 1;
        let changes = as_json(&changes);
        let sql = "WITH mark AS (INSERT INTO writer (writer_id, last_number) VALUES ($1, $2) \
                   ON CONFLICT (writer_id) DO UPDATE SET last_number = excluded.last_number, seen_at = now()) \
                   INSERT INTO committed (writer_id, number, changes) VALUES ($1, $2, $3)";
        sqlx::query(sql).bind(&self.writer_id).bind(self.number).bind(&changes).execute(&mut *connection).await?;
        if self.number % KEPT == 0 {
            let sql = "DELETE FROM committed WHERE writer_id = $1 AND number <= $2";
            sqlx::query(sql).bind(&self.writer_id).bind(self.number - KEPT).execute(connection).await?;
        }
        self.changes = Some(changes);
        Ok(())
    }

    /// Tells the other processes of the newest commit, outside its transaction: a notification takes a lock of the whole database
    /// while its transaction commits, and need not wait for the disk, since who misses it reads the table.
    pub(super) async fn announce(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let Some(changes) = self.changes.take() else {
            return Ok(());
        };
        let notice = Heard::notice(&self.writer_id, self.number, if changes.len() > MAX_NOTICE_BYTES { "" } else { &changes });
        // One round trip takes no parameters; in hexadecimal nothing that a page is called can end the literal.
        let notice = format!("convert_from(decode('{}', 'hex'), 'UTF8')", hex(notice.as_bytes()));
        let sql = format!("BEGIN; SET LOCAL synchronous_commit = off; SELECT pg_notify('{CHANNEL}', {notice}); COMMIT");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
        Ok(())
    }
}

/// Forgets processes that have not written for a day, most of which are no more. One that is goes on with its numbers.
pub(super) async fn forget_processes(primary: &PgPool) -> Result<(), StoreError> {
    let sql = "WITH gone AS (DELETE FROM writer WHERE seen_at < now() - interval '1 day' RETURNING writer_id) \
               DELETE FROM committed USING gone WHERE committed.writer_id = gone.writer_id";
    sqlx::raw_sql(sql).execute(primary).await?;
    Ok(())
}

/// Pages as `[site, page key]`, each once; `null` for everything.
fn as_json(changes: &[&Change]) -> String {
    let mut pages = BTreeSet::new();
    for change in changes {
        match change {
            Change::Everything => return "null".to_owned(),
            Change::Thread { site_id, page_key } => pages.insert((site_id.0, page_key)),
        };
    }
    serde_json::json!(pages).to_string()
}
