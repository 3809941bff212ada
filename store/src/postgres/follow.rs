//! Follows what other processes commit: by notification, and by looking once a second, so that a lost one is made up for.

use super::freshness::Freshness;
use super::heard::{Heard, Marks, Step, changes_of};
use super::own_commits::CHANNEL;
use crate::{Change, StoreError};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{MissedTickBehavior, interval};

/// How often the table is looked at, whether or not something was heard.
const LOOK: Duration = Duration::from_millis(500);

/// Who follows the others.
pub(super) struct Follower {
    /// Where the tables are read.
    pub(super) primary: PgPool,
    /// Where notifications come.
    pub(super) listeners: PgPool,
    pub(super) own_id: String,
    pub(super) marks: Marks,
    pub(super) freshness: Arc<Freshness>,
    pub(super) changes: broadcast::Sender<Change>,
}

impl Follower {
    /// How far the others have come so far.
    pub(super) async fn marks_now(primary: &PgPool) -> Result<Marks, StoreError> {
        let mut marks = Marks::default();
        for (writer_id, number) in newest(primary).await? {
            marks.set(&writer_id, number);
        }
        Ok(marks)
    }

    /// Follows for as long as it is let.
    pub(super) async fn run(mut self) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listener = None;
        loop {
            if listener.is_none() {
                listener = self.listen().await;
            }
            tokio::select! {
                heard = hear(&mut listener), if listener.is_some() => match heard {
                    Some(heard) => self.take(heard).await,
                    None => listener = None,
                },
                _ = look.tick() => self.look().await,
            }
        }
    }

    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(&self.listeners).await.ok()?;
        listener.listen(CHANNEL).await.ok()?;
        Some(listener)
    }

    async fn take(&mut self, heard: Heard) {
        let step = self.marks.step(&heard.writer_id, heard.number);
        if heard.writer_id == self.own_id || step == Step::Old {
            return;
        }
        match heard.changes {
            Some(changes) if step == Step::Next => {
                if self.report(changes_of(&changes)).await.is_ok() {
                    self.marks.set(&heard.writer_id, heard.number);
                }
            }
            _ => self.look().await,
        }
    }

    /// Looks for what was not heard. What fails is looked for again.
    async fn look(&mut self) {
        if let Err(error) = self.catch_up().await {
            tracing::debug!(%error, "store.follow");
        }
    }

    async fn catch_up(&mut self) -> Result<(), StoreError> {
        for (writer_id, number) in newest(&self.primary).await? {
            let known = self.marks.of(&writer_id);
            if writer_id == self.own_id || number <= known {
                continue;
            }
            let sql =
                "SELECT number, changes FROM committed WHERE writer_id = $1 AND number > $2 AND number <= $3 ORDER BY number";
            let rows: Vec<(i64, String)> =
                sqlx::query_as(sql).bind(&writer_id).bind(known).bind(number).fetch_all(&self.primary).await?;
            let is_whole = rows.len() as i64 == number - known;
            let changes = if is_whole {
                rows.iter().flat_map(|(_, changes)| changes_of(changes)).collect()
            } else {
                vec![Change::Everything]
            };
            self.report(changes).await?;
            self.marks.set(&writer_id, number);
        }
        Ok(())
    }

    async fn report(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        self.freshness.committed_elsewhere(&self.primary).await?;
        for change in changes {
            // Nobody listening is fine.
            let _ = self.changes.send(change);
        }
        Ok(())
    }
}

/// The next notification of ours; `None` when the connection is gone.
async fn hear(listener: &mut Option<PgListener>) -> Option<Heard> {
    loop {
        let notification = listener.as_mut()?.try_recv().await.ok()??;
        if let Some(heard) = Heard::parse(notification.payload()) {
            return Some(heard);
        }
    }
}

/// Every process's newest commit.
async fn newest(primary: &PgPool) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(sqlx::query_as("SELECT writer_id, last_number FROM writer").fetch_all(primary).await?)
}
