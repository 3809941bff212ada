//! Brings a database file to this program's schema.
//!
//! Sixty lines instead of sqlx's migrator: that one takes no lock on SQLite, so two processes starting together race; it commits
//! each step by itself, so a kill leaves a version in between; and it knows no way to tell our file from another program's.
//! `PRAGMA user_version` and `application_id` live in the file's header and change within the transaction of the schema.

use crate::StoreError;
use sqlx::SqliteConnection;
use std::path::Path;

/// Marks the file as ours: "Aftw".
const APPLICATION_ID: i64 = 0x4166_7477;

/// Every migration, oldest first; the schema's version is how many have run.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../migrations/sqlite/0001_threads.sql"),
    include_str!("../../migrations/sqlite/0002_changes.sql"),
    include_str!("../../migrations/sqlite/0003_search.sql"),
];

/// Runs what migrations are missing, all or none, while holding the write lock.
///
/// # Errors
/// [`StoreError::NewerSchema`] when a newer program was here, [`StoreError::InvalidUrl`] when the file is another program's.
pub(super) async fn migrate(connection: &mut SqliteConnection, file: &Path) -> Result<(), StoreError> {
    // Most starts find nothing to do, and need no lock to see it.
    // In a transaction all the same: between two questions another process may finish what makes the file ours.
    sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
    let found = version(connection, file).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
    if found? == known_version() {
        return Ok(());
    }
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    let outcome = run_missing(connection, file).await;
    let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
    sqlx::raw_sql(end).execute(connection).await?;
    outcome
}

async fn run_missing(connection: &mut SqliteConnection, file: &Path) -> Result<(), StoreError> {
    let found = version(connection, file).await?;
    for (at, migration) in MIGRATIONS.into_iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        sqlx::raw_sql(migration).execute(&mut *connection).await?;
        tracing::info!(migration = at + 1, "store.migrate");
    }
    let mark = format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION_ID}", known_version());
    sqlx::raw_sql(sqlx::AssertSqlSafe(mark)).execute(connection).await?;
    Ok(())
}

/// The schema version of a file of ours; 0 for an empty one.
async fn version(connection: &mut SqliteConnection, file: &Path) -> Result<i64, StoreError> {
    let known = known_version();
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(connection).await?;
    match (application, found, tables) {
        (APPLICATION_ID, found, _) if found > known => Err(StoreError::NewerSchema { found, known }),
        (APPLICATION_ID, found, _) => Ok(found),
        (_, 0, 0) => Ok(0),
        _ => Err(StoreError::InvalidUrl(format!("{} is another program's database", file.display()))),
    }
}

fn known_version() -> i64 {
    MIGRATIONS.len() as i64
}
