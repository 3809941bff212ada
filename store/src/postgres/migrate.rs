//! Brings a PostgreSQL database to this program's schema.
//!
//! Every statement is a plain one, without parameters: outside of transactions a pooler keeps no prepared ones.

use crate::StoreError;
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// Oldest server this program speaks to, as `server_version_num` has it.
const OLDEST_SERVER: i32 = 150_000;
/// Held while migrating, by whoever comes first: "Aftw".
const LOCK: i64 = 0x4166_7477;

/// Tables that tell whose database it is. Read as a table and not by `to_regclass`, which goes on answering what it answered
/// before the lock was waited for.
const OUR_TABLES: &str = "SELECT tablename::text FROM pg_catalog.pg_tables \
                          WHERE schemaname = current_schema() AND tablename IN ('afterword_schema', 'site', 'comment')";
const ANOTHERS: &str = "this is another program's database: make a new one for Afterword";

/// Every migration, oldest first; the schema's version is how many have run.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/postgres/0001_threads.sql")];

/// Runs what migrations are missing, all or none, one process at a time.
///
/// # Errors
/// [`StoreError::NewerSchema`] when a newer program was here, [`StoreError::InvalidUrl`] when the server is too old or the
/// database another program's.
pub(super) async fn migrate(connection: &mut PgConnection) -> Result<(), StoreError> {
    refuse_old_server(connection).await?;
    // Most starts find nothing to do, and need no lock to see it.
    if version(connection).await? == known_version() {
        return Ok(());
    }
    sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
    let outcome = run_missing(connection).await;
    let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
    sqlx::raw_sql(end).execute(connection).await?;
    outcome
}

async fn refuse_old_server(connection: &mut PgConnection) -> Result<(), StoreError> {
    let sql = "SELECT current_setting('server_version_num')::integer";
    let number: i32 = sqlx::raw_sql(sql).fetch_one(connection).await?.try_get(0)?;
    if number < OLDEST_SERVER {
        let found = number / 10_000;
        return Err(StoreError::InvalidUrl(format!("the server is PostgreSQL {found}; 15 or later is needed")));
    }
    Ok(())
}

async fn run_missing(connection: &mut PgConnection) -> Result<(), StoreError> {
    // Ends with the transaction, so that a pooler in transaction mode cannot part the two.
    let lock = AssertSqlSafe(format!("SELECT pg_advisory_xact_lock({LOCK})"));
    sqlx::raw_sql(lock).execute(&mut *connection).await?;
    let found = version(connection).await?;
    if found == 0 {
        sqlx::raw_sql("CREATE TABLE afterword_schema (version bigint NOT NULL)").execute(&mut *connection).await?;
        sqlx::raw_sql("INSERT INTO afterword_schema VALUES (0)").execute(&mut *connection).await?;
    }
    for (at, migration) in MIGRATIONS.into_iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        sqlx::raw_sql(migration).execute(&mut *connection).await?;
        tracing::info!(migration = at + 1, "store.migrate");
    }
    let mark = AssertSqlSafe(format!("UPDATE afterword_schema SET version = {}", known_version()));
    sqlx::raw_sql(mark).execute(connection).await?;
    Ok(())
}

/// The schema version of a database of ours; 0 for an empty one.
async fn version(connection: &mut PgConnection) -> Result<i64, StoreError> {
    let known = known_version();
    let tables = sqlx::raw_sql(OUR_TABLES).fetch_all(&mut *connection).await?;
    let tables: Vec<String> = tables.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    if !tables.iter().any(|table| table == "afterword_schema") {
        return if tables.is_empty() { Ok(0) } else { Err(StoreError::InvalidUrl(ANOTHERS.to_owned())) };
    }
    let found: i64 = sqlx::raw_sql("SELECT version FROM afterword_schema").fetch_one(connection).await?.try_get(0)?;
    if found > known { Err(StoreError::NewerSchema { found, known }) } else { Ok(found) }
}

fn known_version() -> i64 {
    MIGRATIONS.len() as i64
}
