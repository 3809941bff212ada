//! The one task that writes, and commits together what waits together.
//!
//! SQLite lets one connection write at a time and a durable commit waits for the disk. So all writes go through one queue: the
//! writer takes what is waiting, runs each write in a savepoint of its own, commits once, and only then answers.

use super::batch::commit_batch;
use super::job::{Job, Waiting};
use crate::{Change, StoreError};
use async_trait::async_trait;
use sqlx::{Connection, SqliteConnection};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

/// Writes that may wait; who comes later waits for a place.
const QUEUE: usize = 1024;
/// How often the writer asks whether another process wrote.
const FOREIGN_CHANGE_CHECK: Duration = Duration::from_secs(1);

/// Something to write.
#[async_trait]
pub(super) trait Write: Send + Sync + 'static {
    /// What comes back.
    type Answer: Send + 'static;

    /// Does it, inside a transaction. After an error nothing of it remains.
    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<Self::Answer>, StoreError>;
}

/// What a write brought about.
pub(super) struct Applied<T> {
    pub(super) answer: T,
    pub(super) change: Option<Change>,
}

impl<T> Applied<T> {
    /// Readers will see a difference.
    pub(super) fn seen(answer: T, change: Change) -> Self {
        Self { answer, change: Some(change) }
    }

    /// Nothing that readers see has changed.
    pub(super) fn unseen(answer: T) -> Self {
        Self { answer, change: None }
    }
}

/// The way to the writing task.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    closing: Arc<Notify>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the task on its connection; it reports what it commits, and what others commit, to `changes`.
    pub(super) fn start(connection: SqliteConnection, changes: broadcast::Sender<Change>) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let closing = Arc::new(Notify::new());
        let task = tokio::spawn(run(connection, jobs, changes, closing.clone()));
        Self { queue, closing, task: Mutex::new(Some(task)) }
    }

    /// Hands a write over and waits until it is on disk, or refused.
    pub(super) async fn submit<W: Write>(&self, write: W) -> Result<W::Answer, StoreError> {
        let (reply, answer) = oneshot::channel();
        let gone = || StoreError::Unavailable("the store is closed".to_owned());
        self.queue.send(Box::new(Waiting::new(write, reply))).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Finishes what is queued and lets go of the database. Later writes fail.
    pub(super) async fn close(&self) {
        self.closing.notify_one();
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "store.writer");
        }
    }
}

async fn run(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    changes: broadcast::Sender<Change>,
    closing: Arc<Notify>,
) {
    let mut check = tokio::time::interval(FOREIGN_CHANGE_CHECK);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen_version = data_version(&mut connection).await;
    loop {
        tokio::select! {
            job = jobs.recv() => match job {
                Some(first) => commit_batch(&mut connection, first, &mut jobs, &changes).await,
                None => break,
            },
            () = closing.notified() => jobs.close(),
            _ = check.tick() => {
                let version = data_version(&mut connection).await;
                if version != seen_version {
                    seen_version = version;
                    // Nobody listening is fine.
                    let _ = changes.send(Change::Everything);
                }
            }
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "store.close");
    }
}

/// A number that differs once another connection has committed; `None` while the database does not answer.
async fn data_version(connection: &mut SqliteConnection) -> Option<i64> {
    sqlx::query_scalar("PRAGMA data_version").fetch_one(connection).await.ok()
}
