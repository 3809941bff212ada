//! What SQLite's result codes mean to a caller.

use sqlx::sqlite::SqliteError;

/// Primary result codes, the low byte of what SQLite reports (<https://www.sqlite.org/rescode.html>).
const SQLITE_BUSY: i32 = 5;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_NOTADB: i32 = 26;

/// Whether there was no room on the disk.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(SQLITE_FULL)
}

/// Whether another connection holds a lock that is needed.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(SQLITE_BUSY)
}

/// Whether the file is there and is something else than a SQLite database.
pub(super) fn is_not_a_database(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(SQLITE_NOTADB)
}

/// Whether the file cannot be opened or made.
pub(super) fn cannot_be_opened(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(SQLITE_CANTOPEN)
}

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    let code: i32 = sqlx::error::DatabaseError::code(error)?.parse().ok()?;
    Some(code & 0xff)
}
