//! The database of one test: a SQLite file, or with `AFTERWORD_TEST_DATABASE=postgres` a database of a temporary server.

use afterword_cluster::Cluster;
use tempfile::TempDir;

/// A database that goes with its test.
pub enum Database {
    Sqlite(TempDir),
    Postgres(afterword_cluster::Database<'static>),
}

impl Database {
    /// An empty one.
    pub fn new() -> Self {
        match std::env::var("AFTERWORD_TEST_DATABASE").as_deref() {
            Ok("postgres") => Self::Postgres(Cluster::shared().and_then(Cluster::database).expect("a PostgreSQL server")),
            _ => Self::Sqlite(tempfile::tempdir().expect("a temporary folder")),
        }
    }

    /// Names it.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(directory) => directory.path().join("afterword.db").to_str().expect("UTF-8").to_owned(),
            Self::Postgres(database) => database.url.clone(),
        }
    }
}
