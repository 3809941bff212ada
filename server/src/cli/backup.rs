//! `afterword backup`: a consistent copy of the database.

use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, runtime};
use clap::Args;
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::time::Duration;

/// Copies the whole database to a new file, as it is at one moment, while a server goes on serving and writing.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to make; one that is there already is never touched.
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl Backup {
    /// Makes the copy.
    ///
    /// # Errors
    /// The file is there already or cannot be written, or the database cannot be used.
    pub fn run(self) -> Result<(), Sentence> {
        runtime(1)?.block_on(self.backup())
    }

    async fn backup(self) -> Result<(), Sentence> {
        let store = self.database.open_existing().await?;
        let spinner = ProgressBar::new_spinner().with_message("copying the database");
        spinner.enable_steady_tick(Duration::from_millis(100));
        let copied = store.backup(&self.file).await.map_err(|error| error.to_string());
        spinner.finish_and_clear();
        store.close().await;
        copied
    }
}
