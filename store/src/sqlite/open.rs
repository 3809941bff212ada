//! From a URL to open connections.

use super::failure::{cannot_be_opened, is_busy, is_not_a_database};
use super::migrate::migrate;
use crate::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a write waits for another process's lock. A write can wait through the rest of one batch that fails on the lock and
/// then through its own, and must be answered within 5 s.
const WRITE_LOCK_TIMEOUT: Duration = Duration::from_secs(2);
/// Between two tries where SQLite does not wait by itself.
const BUSY_PAUSE: Duration = Duration::from_millis(10);
/// Slices are cached above us: few readers keep up, and each costs a thread and a page cache.
const READERS: u32 = 4;
/// Longest wait for a free reader.
const READER_TIMEOUT: Duration = Duration::from_secs(4);
/// Readers beyond the first are let go when nobody reads.
const READER_IDLE: Duration = Duration::from_secs(60);

/// The file a URL names: `sqlite:PATH`, `sqlite://PATH` or a bare path.
pub(super) fn file_of(url: &str) -> Result<PathBuf, StoreError> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    if path.is_empty() || path.contains("://") {
        return Err(StoreError::InvalidUrl(format!("{url:?} names no database: sqlite:PATH or a path is expected")));
    }
    if path == ":memory:" {
        return Err(StoreError::InvalidUrl("a database in memory cannot be shared by connections: name a file".to_owned()));
    }
    Ok(PathBuf::from(path))
}

/// The connection that writes, to a file that is there, is ours and has this program's schema.
pub(super) async fn connect_writer(file: &Path) -> Result<SqliteConnection, StoreError> {
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory)
            .map_err(|error| StoreError::InvalidUrl(format!("the directory {} cannot be made: {error}", directory.display())))?;
    }
    // Looked at before it is touched: a file of another program or a newer one stays as it is.
    let mut plain = options(file).create_if_missing(true).connect().await.map_err(|error| refused(file, error))?;
    sqlx::raw_sql("SELECT 1 FROM sqlite_schema").execute(&mut plain).await.map_err(|error| refused(file, error))?;
    migrate(&mut plain, file).await?;
    plain.close().await?;
    let writer = options(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-2048")
        .pragma("journal_size_limit", "8388608")
        // Withdrawn text is overwritten in the file where that costs no extra write.
        .pragma("secure_delete", "fast");
    connect_when_free(&writer).await
}

/// Connects as soon as nobody else is turning the same new file to its write-ahead log: SQLite does not wait for that lock.
async fn connect_when_free(options: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    let begun = tokio::time::Instant::now();
    loop {
        match options.connect().await {
            Err(error) if is_busy(&error) && begun.elapsed() < WRITE_LOCK_TIMEOUT => tokio::time::sleep(BUSY_PAUSE).await,
            outcome => return Ok(outcome?),
        }
    }
}

/// Connections that only read.
pub(super) fn connect_readers(file: &Path) -> SqlitePool {
    let pool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(READER_TIMEOUT)
        .idle_timeout(READER_IDLE)
        .max_lifetime(None)
        .test_before_acquire(false);
    pool.connect_lazy_with(options(file).read_only(true).pragma("cache_size", "-1024"))
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(WRITE_LOCK_TIMEOUT).disable_statement_logging()
}

fn refused(file: &Path, error: sqlx::Error) -> StoreError {
    let file = file.display();
    if is_not_a_database(&error) {
        StoreError::InvalidUrl(format!("{file} is not a SQLite database"))
    } else if cannot_be_opened(&error) {
        StoreError::InvalidUrl(format!("{file} cannot be opened as a database: is it a file that may be written?"))
    } else {
        error.into()
    }
}
