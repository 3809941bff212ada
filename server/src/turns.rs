//! Turns for who writes, so that a crowd of writers never stands before those who read.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Writes are made ready one at a time: text is rendered and cleaned, which takes ten times as long as an answer from memory.
#[derive(Debug)]
pub struct Turns(Semaphore);

impl Default for Turns {
    /// Nobody's turn yet.
    fn default() -> Self {
        Self(Semaphore::const_new(1))
    }
}

impl Turns {
    /// Waits for the turn, which ends when what is returned is dropped.
    pub async fn take(&self) -> Option<SemaphorePermit<'_>> {
        let turn = self.0.acquire().await.ok();
        // Whoever is woken by the one before would run at once. Behind all that is waiting each reader comes first once.
        tokio::task::yield_now().await;
        turn
    }
}
