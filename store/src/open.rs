//! From a database URL to the store behind it.

use crate::sqlite::SqliteStore;
use crate::{CommentStore, StoreError};
use std::sync::Arc;

/// Opens the database a URL names, making it where it is new.
///
/// `sqlite:PATH`, `sqlite://PATH` and a bare path are SQLite files.
///
/// # Errors
/// [`StoreError::InvalidUrl`] when the URL names no database this program can open, [`StoreError::NewerSchema`] when a newer
/// program made it, [`StoreError::Unavailable`] when it does not answer.
pub async fn open(url: &str) -> Result<Arc<dyn CommentStore>, StoreError> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let sentence = "PostgreSQL is not supported yet: name a SQLite file, like sqlite:afterword.db";
        return Err(StoreError::InvalidUrl(sentence.to_owned()));
    }
    Ok(Arc::new(SqliteStore::open(url).await?))
}
