//! The connection that writes: taken anew when it breaks, each transaction tried again when another process was faster.

use super::freshness::Freshness;
use super::open::connect;
use super::own_commits::OwnCommits;
use super::pooling::Pooling;
use super::transact::{PgJob, transact};
use crate::writer::{Commit, Queue, Session, Subject, take_waiting};
use crate::{Change, StoreError};
use async_trait::async_trait;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep, timeout_at};

/// Every write is answered within this time, and what is not committed by then is refused; the server promises 5 s.
const PATIENCE: Duration = Duration::from_secs(4);
/// The same for a batch of records, which nobody waits for at a form.
const IMPORT_PATIENCE: Duration = Duration::from_secs(120);
/// Between two tries to reach a server that is down or changing over.
const PAUSE: Duration = Duration::from_millis(50);
/// How often a transaction is tried again before another process is said to be faster.
const MAX_CONFLICTS: u32 = 8;

/// The one connection of this process that writes.
pub(super) struct PgSession {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    pooling: Pooling,
    commits: OwnCommits,
    freshness: Arc<Freshness>,
}

impl PgSession {
    /// Connects when there is something to write.
    pub(super) fn new(options: PgConnectOptions, pooling: Pooling, writer_id: String, freshness: Arc<Freshness>) -> Self {
        Self { options, connection: None, pooling, commits: OwnCommits::of(writer_id), freshness }
    }

    /// Commits the writes together; one by one where together they cannot be, so that one harms no other.
    async fn commit_all(&mut self, jobs: &mut [PgJob], deadline: Instant) -> Commit {
        let mut conflicts = 0;
        loop {
            let outcome = timeout_at(deadline, self.attempt(jobs)).await;
            let error = match outcome {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => error,
                Err(_) => {
                    self.connection = None;
                    return Err(StoreError::Unavailable("the database did not answer in time".to_owned()));
                }
            };
            let is_alive = self.roll_back(deadline).await;
            match error {
                StoreError::Conflict(_) if is_alive && conflicts < MAX_CONFLICTS => conflicts += 1,
                // A write is repeated under its request id, so one that was committed while the connection broke is found.
                StoreError::Unavailable(_) if !is_alive && Instant::now() + PAUSE < deadline => sleep(PAUSE).await,
                error => return Err(error),
            }
        }
    }

    async fn attempt(&mut self, jobs: &mut [PgJob]) -> Commit {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(connect(&self.options).await?),
        };
        transact(connection, jobs, &mut self.commits, self.pooling).await?;
        self.freshness.committed(connection).await
    }

    /// Ends a transaction that failed. `false` when there is no connection, which is then let go.
    async fn roll_back(&mut self, deadline: Instant) -> bool {
        let Some(connection) = &mut self.connection else {
            return false;
        };
        let is_alive = matches!(timeout_at(deadline, sqlx::raw_sql("ROLLBACK").execute(connection)).await, Ok(Ok(_)));
        if !is_alive {
            self.connection = None;
        }
        is_alive
    }

    /// Tells the others. Who misses it reads the table.
    async fn announce(&mut self) {
        let Some(connection) = &mut self.connection else {
            return;
        };
        let told = tokio::time::timeout(PATIENCE, self.commits.announce(connection)).await;
        if !matches!(told, Ok(Ok(()))) {
            self.connection = None;
        }
    }
}

#[async_trait]
impl Session<PgConnection> for PgSession {
    async fn commit(&mut self, first: PgJob, queue: &mut Queue<PgConnection>, changes: &broadcast::Sender<Change>) {
        let mut jobs = vec![first];
        take_waiting(&mut jobs, queue);
        let is_import = |job: &PgJob| matches!(job.subject(), Subject::Pages(_, pages) if pages.len() > 1);
        let deadline = Instant::now() + if jobs.iter().any(is_import) { IMPORT_PATIENCE } else { PATIENCE };
        let commit = self.commit_all(&mut jobs, deadline).await;
        match &commit {
            Err(error) if jobs.len() > 1 && self.connection.is_some() => {
                tracing::warn!(%error, writes = jobs.len(), "store.commit: one by one");
                for job in jobs {
                    let mut alone = [job];
                    let commit = self.commit_all(&mut alone, deadline).await;
                    let [job] = alone;
                    job.finish(&commit, changes);
                    self.announce().await;
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, writes = jobs.len(), "store.commit");
                // The database was waited for once; waiting again for each that queued meanwhile would keep the last one too long.
                if Instant::now() + PAUSE >= deadline {
                    jobs.extend(std::iter::from_fn(|| queue.try_recv().ok()));
                }
                // A server that has become a replica answers, and refuses: the next write looks for the primary.
                self.connection = None;
            }
            Ok(()) => {}
        }
        jobs.into_iter().for_each(|job| job.finish(&commit, changes));
        self.announce().await;
    }

    async fn look_around(&mut self, _changes: &broadcast::Sender<Change>) {}

    async fn close(self: Box<Self>) {
        if let Some(connection) = self.connection
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "store.close");
        }
    }
}
