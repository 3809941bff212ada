//! The database a command works on.

use crate::cli::Sentence;
use afterword_store::{CommentStore, DatabaseUrls, StoreError, is_postgres};
use clap::Args;
use etcetera::{BaseStrategy, choose_base_strategy};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep};

/// How long a server that is starting waits for its database before it ends, and leaves the rest to whoever looks after it.
const WAITED_FOR: Duration = Duration::from_secs(60);
/// Between two tries.
const WAITS: Duration = Duration::from_secs(1);

/// Names the database.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// The database: `postgres://USER@HOST/NAME`, or a SQLite file as `sqlite:PATH` or PATH. A file in the user's data directory
    /// unless given. A password is better kept in AFTERWORD_DATABASE.
    #[arg(long, env = "AFTERWORD_DATABASE", value_name = "URL")]
    database: Option<String>,
}

/// Other ways to a PostgreSQL database than the one everything else goes.
#[derive(Clone, Debug, Default, Args)]
pub struct WaysToDatabase {
    /// Where to listen to what other processes write: the database itself, where --database goes through a pooler in transaction
    /// mode (PgBouncer).
    #[arg(long, env = "AFTERWORD_LISTEN_DATABASE", value_name = "URL")]
    listen_database: Option<String>,
    /// A read replica that readers' questions go to while it is up to date.
    #[arg(long, env = "AFTERWORD_READ_DATABASE", value_name = "URL")]
    read_database: Option<String>,
}

impl DatabaseArgs {
    /// Opens the database, making it where it is new.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn open(&self) -> Result<Arc<dyn CommentStore>, Sentence> {
        afterword_store::open(&self.url()?).await.map_err(|error| error.to_string())
    }

    /// Opens the database for a server, with other ways to reach it. A PostgreSQL server that does not answer is waited for: where
    /// everything starts at once, or another machine is just becoming the primary, it will.
    ///
    /// # Errors
    /// It cannot be opened, or has not answered in time.
    pub async fn open_to_serve(&self, ways: WaysToDatabase) -> Result<Arc<dyn CommentStore>, Sentence> {
        let urls = DatabaseUrls { database: self.url()?, listen: ways.listen_database, read: ways.read_database };
        let begun = Instant::now();
        loop {
            match afterword_store::open_with(urls.clone()).await {
                Err(StoreError::Unavailable(cause)) if is_postgres(&urls.database) && begun.elapsed() < WAITED_FOR => {
                    tracing::warn!(%cause, "waiting for the database");
                    sleep(WAITS).await;
                }
                opened => return opened.map_err(|error| error.to_string()),
            }
        }
    }

    /// Opens a database that must be there: a mistyped name is a mistake, not a new database.
    ///
    /// # Errors
    /// It is not there, or cannot be opened.
    pub async fn open_existing(&self) -> Result<Arc<dyn CommentStore>, Sentence> {
        open_existing(&self.url()?).await
    }

    fn url(&self) -> Result<String, Sentence> {
        self.database.clone().map_or_else(default_url, Ok)
    }
}

/// Opens the database of a URL, which must be there.
///
/// # Errors
/// It is not there, or cannot be opened.
pub async fn open_existing(url: &str) -> Result<Arc<dyn CommentStore>, Sentence> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    if !is_postgres(url) && !path.contains("://") && !Path::new(path).exists() {
        return Err(format!("there is no database {path}"));
    }
    afterword_store::open(url).await.map_err(|error| error.to_string())
}

fn default_url() -> Result<String, Sentence> {
    let strategy = choose_base_strategy();
    let strategy = strategy.map_err(|_| "no home directory is set: name the database with --database".to_owned())?;
    let file = strategy.data_dir().join("afterword").join("afterword.db");
    Ok(format!("sqlite:{}", file.display()))
}

/// A runtime for one command, with that many threads.
///
/// # Errors
/// The system gives no threads.
pub fn runtime(worker_threads: usize) -> Result<Runtime, Sentence> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(worker_threads).max_blocking_threads(8).enable_all();
    builder.build().map_err(|error| format!("the system gives no threads: {error}"))
}
