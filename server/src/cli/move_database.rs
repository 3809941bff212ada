//! `afterword move`: everything from one database to another.

use crate::cli::Sentence;
use crate::cli::database::{open_existing, runtime};
use crate::moving::{Moved, move_everything};
use clap::Args;

/// Moves everything from one database to another, from a SQLite file to PostgreSQL or back.
///
/// A server may go on writing to the first meanwhile: what is moved is what was there when the command began. Broken off or given
/// again, it goes on with what is missing or has changed since; so move once while the server runs, then stop it, move again in a
/// fraction of the time, and start it on the new database. At the end every row of both is compared.
#[derive(Debug, Args)]
pub struct Move {
    /// The database that is read.
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database that is written; what it holds of the same sites is replaced.
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Move {
    /// Moves, compares, and prints what was moved.
    ///
    /// # Errors
    /// One of the databases cannot be used, or they differ at the end.
    pub fn run(self) -> Result<(), Sentence> {
        runtime(2)?.block_on(self.move_all())
    }

    async fn move_all(self) -> Result<(), Sentence> {
        if self.from == self.to {
            return Err("--from and --to name the same database".to_owned());
        }
        let from = open_existing(&self.from).await?;
        let to = afterword_store::open(&self.to).await.map_err(|error| error.to_string())?;
        let moved = move_everything(&*from, &*to).await;
        from.close().await;
        to.close().await;
        let Moved { rows, written, digest } = moved?;
        println!("{rows} rows are the same in both (digest {digest}); {written} of them were written now");
        Ok(())
    }
}
