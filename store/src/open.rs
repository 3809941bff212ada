//! From a database URL to the store behind it.

use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use crate::{CommentStore, StoreError};
use std::sync::Arc;

/// Where a database is reached.
#[derive(Clone, Debug)]
pub struct DatabaseUrls {
    /// `postgres://…` (PostgreSQL 15 or later), or a SQLite file as `sqlite:PATH`, `sqlite://PATH` or a bare path.
    pub database: String,
    /// PostgreSQL only: the database itself, where `database` goes through a pooler in transaction mode, which passes no
    /// notifications on. Given, `database` is treated as such a pooler.
    pub listen: Option<String>,
    /// PostgreSQL only: a replica that readers' questions go to while it is up to date.
    pub read: Option<String>,
}

/// Opens the database a URL names, making it where it is a new file.
///
/// # Errors
/// As [`open_with`].
pub async fn open(url: &str) -> Result<Arc<dyn CommentStore>, StoreError> {
    open_with(DatabaseUrls { database: url.to_owned(), listen: None, read: None }).await
}

/// Opens the database that URLs name, making it where it is a new file, and brings it to this program's schema.
///
/// # Errors
/// [`StoreError::InvalidUrl`] when a URL names no database this program can open, [`StoreError::NewerSchema`] when a newer
/// program made it, [`StoreError::Unavailable`] when it does not answer.
pub async fn open_with(urls: DatabaseUrls) -> Result<Arc<dyn CommentStore>, StoreError> {
    if is_postgres(&urls.database) {
        return Ok(Arc::new(PostgresStore::open(&urls).await?));
    }
    if urls.listen.is_some() || urls.read.is_some() {
        let sentence = "only a PostgreSQL database has an address of its own for listening or reading".to_owned();
        return Err(StoreError::InvalidUrl(sentence));
    }
    Ok(Arc::new(SqliteStore::open(&urls.database).await?))
}

/// Whether a URL names a PostgreSQL database.
#[must_use]
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}
