//! What a database's failure means to a caller.

use crate::{StoreError, WriteRefusal, postgres, sqlite};

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if sqlite::is_full(&error) || postgres::is_full(&error) {
            StoreError::Full(error.to_string())
        } else if postgres::is_conflict(&error) {
            StoreError::Conflict(error.to_string())
        } else {
            // Busy, locked, I/O error, corrupt, pool exhausted, connection gone: the caller can only try again later.
            StoreError::Unavailable(error.to_string())
        }
    }
}

impl From<WriteRefusal> for StoreError {
    fn from(refusal: WriteRefusal) -> Self {
        StoreError::Refused(refusal)
    }
}
