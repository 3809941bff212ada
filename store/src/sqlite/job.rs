//! A write on its way through the queue, with whoever waits for it.

use super::writer::{Applied, Write};
use crate::{Change, StoreError};
use async_trait::async_trait;
use sqlx::SqliteConnection;
use tokio::sync::{broadcast, oneshot};

/// A queued write of whatever kind.
#[async_trait]
pub(super) trait Job: Send {
    /// Does it and keeps the result. `false` when it failed and what it did must be undone.
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool;
    /// Reports the change and answers whoever waits, once it is known whether the transaction was committed.
    fn finish(self: Box<Self>, commit: &Result<(), StoreError>, changes: &broadcast::Sender<Change>);
}

/// A write and whoever waits for its answer.
pub(super) struct Waiting<W: Write> {
    write: W,
    result: Option<Result<Applied<W::Answer>, StoreError>>,
    reply: oneshot::Sender<Result<W::Answer, StoreError>>,
}

impl<W: Write> Waiting<W> {
    pub(super) fn new(write: W, reply: oneshot::Sender<Result<W::Answer, StoreError>>) -> Self {
        Self { write, result: None, reply }
    }
}

#[async_trait]
impl<W: Write> Job for Waiting<W> {
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool {
        self.result.insert(self.write.apply(connection).await).is_ok()
    }

    fn finish(self: Box<Self>, commit: &Result<(), StoreError>, changes: &broadcast::Sender<Change>) {
        let never_ran = || Err(StoreError::Unavailable("the write was not begun".to_owned()));
        // A refusal may rest on another write of the same batch, so without a commit it says nothing.
        let Self { result, reply, .. } = *self;
        let result = commit.clone().and_then(|()| result.unwrap_or_else(never_ran));
        let answer = result.map(|applied| {
            // Before the answer: who has it must not be shown what was before. Nobody listening is fine.
            applied.change.map(|change| changes.send(change));
            applied.answer
        });
        // Whoever waited may have gone; the write stands all the same.
        let _ = reply.send(answer);
    }
}
