//! The database a command works on.

use crate::cli::Sentence;
use afterword_store::CommentStore;
use clap::Args;
use etcetera::{BaseStrategy, choose_base_strategy};
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// Names the database.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// The database: a SQLite file, as `sqlite:PATH` or PATH. A file in the user's data directory unless given.
    #[arg(long, env = "AFTERWORD_DATABASE", value_name = "URL")]
    database: Option<String>,
}

impl DatabaseArgs {
    /// Opens the database, making it where it is new.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn open(&self) -> Result<Arc<dyn CommentStore>, Sentence> {
        let url = match &self.database {
            Some(url) => url.clone(),
            None => default_url()?,
        };
        afterword_store::open(&url).await.map_err(|error| error.to_string())
    }
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
