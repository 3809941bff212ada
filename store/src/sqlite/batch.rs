//! One transaction for all writes that wait.

use super::sql::insert_comments::{insert_waiting, is_new_comment};
use crate::writer::{Job, Queue, take_waiting};
use crate::{Change, StoreError};
use sqlx::SqliteConnection;
use tokio::sync::broadcast;

/// Runs the first write and all that are queued or arrive meanwhile, commits them together and answers each.
pub(super) async fn commit_batch(
    connection: &mut SqliteConnection,
    first: Box<dyn Job<SqliteConnection>>,
    queue: &mut Queue<SqliteConnection>,
    changes: &broadcast::Sender<Change>,
) {
    let mut batch = vec![first];
    let commit = transact(connection, &mut batch, queue).await;
    if let Err(error) = &commit {
        tracing::error!(%error, writes = batch.len(), "store.commit");
        // SQLite may have ended the transaction itself; then there is nothing to roll back and this fails, as it should.
        let _ = execute(connection, "ROLLBACK").await;
    }
    for job in batch {
        job.finish(&commit, changes);
    }
}

/// Leaves in `batch` every write that was taken from the queue, whatever became of it.
async fn transact(
    connection: &mut SqliteConnection,
    batch: &mut Vec<Box<dyn Job<SqliteConnection>>>,
    queue: &mut Queue<SqliteConnection>,
) -> Result<(), StoreError> {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE").await {
        // The lock was waited for once; waiting again for each in the queue would keep the last one for minutes.
        take_waiting(batch, queue);
        return Err(error);
    }
    if run_together(connection, batch, queue).await {
        return execute(connection, "COMMIT").await;
    }
    execute(connection, "ROLLBACK").await?;
    if batch.len() == 1 {
        return Ok(());
    }
    execute(connection, "BEGIN IMMEDIATE").await?;
    for job in batch {
        run_in_savepoint(connection, job.as_mut()).await?;
    }
    execute(connection, "COMMIT").await
}

/// Runs the writes, and those that arrive meanwhile, until one fails. `false` when one did: all must be undone.
///
/// Without savepoints, of which each would make the search write to its pages what it has gathered of one comment. Few writes fail;
/// new comments that are refused are not among them, since nothing was written for them.
async fn run_together(
    connection: &mut SqliteConnection,
    batch: &mut Vec<Box<dyn Job<SqliteConnection>>>,
    queue: &mut Queue<SqliteConnection>,
) -> bool {
    let mut next = 0;
    take_waiting(batch, queue);
    while next < batch.len() {
        let waiting = &mut batch[next..];
        if let Err(error) = insert_waiting(connection, waiting).await {
            waiting.iter_mut().for_each(|job| job.settle(Err(error.clone())));
            return false;
        }
        for job in waiting.iter_mut().filter(|job| !is_new_comment(job.as_ref())) {
            if !job.run(connection).await {
                return false;
            }
        }
        next += waiting.len();
        take_waiting(batch, queue);
    }
    true
}

/// Runs one write so that its failure undoes nothing of the others.
///
/// # Errors
/// The transaction itself is gone, and with it all writes before.
async fn run_in_savepoint(connection: &mut SqliteConnection, job: &mut dyn Job<SqliteConnection>) -> Result<(), StoreError> {
    execute(connection, "SAVEPOINT job").await?;
    if !job.run(connection).await {
        execute(connection, "ROLLBACK TO job").await?;
    }
    execute(connection, "RELEASE job").await
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), StoreError> {
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}
