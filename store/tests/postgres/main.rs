//! PostgreSQL keeps the store's contract, and its own promises to many processes.

#[path = "../contract/mod.rs"]
mod contract;
mod replicas;
mod sharing;
mod starting;

use afterword_cluster::{Cluster, Database};
use afterword_store::{CommentStore, open};
use std::sync::Arc;

/// A database of one test.
fn database() -> Database<'static> {
    Cluster::shared().and_then(Cluster::database).expect("a PostgreSQL server for the tests")
}

async fn fresh() -> (Database<'static>, Arc<dyn CommentStore>) {
    let database = database();
    let store = open(&database.url).await.expect("a new database can be prepared");
    (database, store)
}

contract::suite!(crate::fresh);
