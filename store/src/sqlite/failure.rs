//! What SQLite's result codes mean to a caller.

use crate::{StoreError, WriteRefusal};

/// Primary result codes, the low byte of what SQLite reports (<https://www.sqlite.org/rescode.html>).
const SQLITE_BUSY: i32 = 5;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_NOTADB: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match primary_code(&error) {
            Some(SQLITE_FULL) => StoreError::Full(error.to_string()),
            // Busy, locked, I/O error, corrupt, pool exhausted, worker gone: the caller can only try again later.
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

impl From<WriteRefusal> for StoreError {
    fn from(refusal: WriteRefusal) -> Self {
        StoreError::Refused(refusal)
    }
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
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
