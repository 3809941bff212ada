//! Follows what other processes commit: by notification, and by looking once a second, so that a lost one is made up for.

use super::freshness::Freshness;
use super::heard::{Heard, Marks, Step, changes_of};
use super::own_commits::CHANNEL;
use super::pooling::Pooling;
use crate::{Change, StoreError};
use sqlx::postgres::PgListener;
use sqlx::{FromRow, PgPool};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often the table is looked at, whether or not something was heard.
const LOOK: Duration = Duration::from_millis(500);

/// Notifications that may wait.
const HEARD_KEPT: usize = 1024;

/// A task that ends with whoever started it.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Who follows the others.
pub(super) struct Follower {
    /// Where the tables are read.
    pub(super) primary: PgPool,
    /// Where notifications come.
    pub(super) listeners: PgPool,
    pub(super) pooling: Pooling,
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
        let (heard, mut hearing) = mpsc::channel(HEARD_KEPT);
        // Apart, because a server that does not answer takes its time, in which the table must be looked at.
        let _listening = AbortOnDrop(tokio::spawn(listen(self.listeners.clone(), heard)));
        loop {
            tokio::select! {
                Some(heard) = hearing.recv() => self.take(heard).await,
                _ = look.tick() => self.look().await,
            }
        }
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
            let rows: Vec<(i64, String)> = sqlx::query_as(sql)
                .bind(&writer_id)
                .bind(known)
                .bind(number)
                .fetch_all(&mut *self.pooling.view(&self.primary).await?)
                .await?;
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

/// Passes on what is heard, and begins again whenever the connection is gone.
async fn listen(listeners: PgPool, heard: mpsc::Sender<Heard>) {
    loop {
        if let Err(error) = hear(&listeners, &heard).await {
            tracing::debug!(%error, "store.listen");
        }
        sleep(LOOK).await;
    }
}

async fn hear(listeners: &PgPool, heard: &mpsc::Sender<Heard>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(listeners).await?;
    listener.listen(CHANNEL).await?;
    while let Some(notification) = listener.try_recv().await? {
        if let Some(notice) = Heard::parse(notification.payload()) {
            // What finds no place is found in the table.
            let _ = heard.try_send(notice);
        }
    }
    Ok(())
}

/// Every process's newest commit.
async fn newest(primary: &PgPool) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::raw_sql("SELECT writer_id, last_number FROM writer").fetch_all(primary).await?;
    Ok(rows.iter().map(<(String, i64)>::from_row).collect::<Result<_, _>>()?)
}
