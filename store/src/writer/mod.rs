//! The one task of a process that writes, and commits together what waits together.
//!
//! A durable commit waits for the disk, and for a replica's disk where there is one. So all writes of a process go through one
//! queue: the task takes what is waiting, lets its session run and commit it in one transaction, and only then answers.

mod job;
mod write;

pub(crate) use job::{Commit, Job};
pub(crate) use write::{Applied, Subject, Write};

use crate::{Change, StoreError};
use async_trait::async_trait;
use job::Waiting;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

/// Writes that may wait; who comes later waits for a place.
const QUEUE: usize = 1024;
/// Most writes in one transaction: bounds how long the first waits for the last.
const MAX_BATCH: usize = 256;
/// How often the session is let look around.
const LOOK_AROUND: Duration = Duration::from_secs(1);

/// Writes that wait for their turn.
pub(crate) type Queue<C> = mpsc::Receiver<Box<dyn Job<C>>>;

/// Takes the writes that wait now, as many as fit.
pub(crate) fn take_waiting<C>(batch: &mut Vec<Box<dyn Job<C>>>, queue: &mut Queue<C>) {
    while batch.len() < MAX_BATCH
        && let Ok(job) = queue.try_recv()
    {
        batch.push(job);
    }
}

/// What a database does with the writes that wait.
#[async_trait]
pub(crate) trait Session<C: Send>: Send + 'static {
    /// Commits the first write, and others that wait, in one transaction, and answers each.
    async fn commit(&mut self, first: Box<dyn Job<C>>, queue: &mut Queue<C>, changes: &broadcast::Sender<Change>);
    /// Looks, once a second while nothing is written, for what other processes did.
    async fn look_around(&mut self, changes: &broadcast::Sender<Change>);
    /// Lets go of the database.
    async fn close(self: Box<Self>);
}

/// The way to the writing task.
pub(crate) struct Writer<C: Send + 'static> {
    queue: mpsc::Sender<Box<dyn Job<C>>>,
    closing: Arc<Notify>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl<C: Send + 'static> Writer<C> {
    /// Starts the task; it reports what it commits, and what others commit, to `changes`.
    pub(crate) fn start(session: impl Session<C>, changes: broadcast::Sender<Change>) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let closing = Arc::new(Notify::new());
        let task = tokio::spawn(run(Box::new(session), jobs, changes, closing.clone()));
        Self { queue, closing, task: Mutex::new(Some(task)) }
    }

    /// Hands a write over and waits until it is on disk, or refused.
    pub(crate) async fn submit<W: Write<C>>(&self, write: W) -> Result<W::Answer, StoreError> {
        let (reply, answer) = oneshot::channel();
        let gone = || StoreError::Unavailable("the store is closed".to_owned());
        self.queue.send(Box::new(Waiting::new(write, reply))).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Finishes what is queued and lets go of the database. Later writes fail.
    pub(crate) async fn close(&self) {
        self.closing.notify_one();
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "store.writer");
        }
    }
}

async fn run<C: Send>(
    mut session: Box<impl Session<C>>,
    mut jobs: Queue<C>,
    changes: broadcast::Sender<Change>,
    closing: Arc<Notify>,
) {
    let mut look = tokio::time::interval(LOOK_AROUND);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            job = jobs.recv() => match job {
                Some(first) => session.commit(first, &mut jobs, &changes).await,
                None => break,
            },
            () = closing.notified() => jobs.close(),
            _ = look.tick() => session.look_around(&changes).await,
        }
    }
    session.close().await;
}
