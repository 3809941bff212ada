//! A write on its way through the queue, with whoever waits for it.

use super::write::{Applied, Subject, Write};
use crate::{Change, Outcome, StoreError};
use async_trait::async_trait;
use tokio::sync::{broadcast, oneshot};

/// What became of the transaction a write ran in.
pub(crate) type Commit = Result<(), StoreError>;

/// A queued write of whatever kind.
#[async_trait]
pub(crate) trait Job<C>: Send + Sync {
    /// What it is about.
    fn subject(&self) -> Subject<'_>;
    /// Does it and keeps the result; may be done again when its transaction failed. `false` when it failed and what it did must
    /// be undone.
    async fn run(&mut self, connection: &mut C) -> bool;
    /// Whether it must be done again, and with it the transaction, because another process was faster.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], if it failed so.
    fn lost_race(&self) -> Result<(), StoreError>;
    /// Keeps the result of a new comment that was written together with others.
    fn settle(&mut self, inserted: Result<Applied<Outcome>, StoreError>);
    /// The change that readers see, once it ran.
    fn change(&self) -> Option<&Change>;
    /// Reports the change and answers whoever waits, once it is known whether the transaction was committed.
    fn finish(self: Box<Self>, commit: &Commit, changes: &broadcast::Sender<Change>);
}

/// A write and whoever waits for its answer.
pub(super) struct Waiting<C, W: Write<C>> {
    write: W,
    result: Option<Result<Applied<W::Answer>, StoreError>>,
    reply: oneshot::Sender<Result<W::Answer, StoreError>>,
}

impl<C, W: Write<C>> Waiting<C, W> {
    pub(super) fn new(write: W, reply: oneshot::Sender<Result<W::Answer, StoreError>>) -> Self {
        Self { write, result: None, reply }
    }
}

#[async_trait]
impl<C: Send, W: Write<C>> Job<C> for Waiting<C, W> {
    fn subject(&self) -> Subject<'_> {
        self.write.subject()
    }

    async fn run(&mut self, connection: &mut C) -> bool {
        self.result.insert(self.write.apply(connection).await).is_ok()
    }

    fn lost_race(&self) -> Result<(), StoreError> {
        match &self.result {
            Some(Err(error @ StoreError::Conflict(_))) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    fn settle(&mut self, inserted: Result<Applied<Outcome>, StoreError>) {
        self.result = W::settled(inserted);
    }

    fn change(&self) -> Option<&Change> {
        self.result.as_ref()?.as_ref().ok()?.change.as_ref()
    }

    fn finish(self: Box<Self>, commit: &Commit, changes: &broadcast::Sender<Change>) {
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
