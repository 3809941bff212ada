//! SQLite keeps the store's contract, and its own promises about the file.

#[path = "../contract/mod.rs"]
mod contract;
mod file;
mod indexing;
mod sharing;

use afterword_store::{CommentStore, open};
use std::sync::Arc;
use tempfile::TempDir;

async fn fresh() -> (TempDir, Arc<dyn CommentStore>) {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    let store = open(file.to_str().expect("a plain path")).await.expect("a new file can be made");
    (directory, store)
}

contract::suite!(crate::fresh);
