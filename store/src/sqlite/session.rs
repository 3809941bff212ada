//! The connection that writes, and its look at what other processes wrote.

use super::batch::commit_batch;
use crate::Change;
use crate::writer::{Job, Queue, Session};
use async_trait::async_trait;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::broadcast;

/// The one connection that writes.
pub(super) struct SqliteSession {
    connection: SqliteConnection,
    /// Differs once another connection has committed; `None` while the database does not answer.
    seen_version: Option<i64>,
}

impl SqliteSession {
    /// Takes what is in the database so far as seen.
    pub(super) async fn on(connection: SqliteConnection) -> Self {
        let mut session = Self { connection, seen_version: None };
        session.seen_version = session.data_version().await;
        session
    }

    async fn data_version(&mut self) -> Option<i64> {
        sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.connection).await.ok()
    }
}

#[async_trait]
impl Session<SqliteConnection> for SqliteSession {
    async fn commit(
        &mut self,
        first: Box<dyn Job<SqliteConnection>>,
        queue: &mut Queue<SqliteConnection>,
        changes: &broadcast::Sender<Change>,
    ) {
        commit_batch(&mut self.connection, first, queue, changes).await;
    }

    async fn look_around(&mut self, changes: &broadcast::Sender<Change>) {
        let version = self.data_version().await;
        if version != self.seen_version {
            self.seen_version = version;
            // Nobody listening is fine.
            let _ = changes.send(Change::Everything);
        }
    }

    async fn close(self: Box<Self>) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "store.close");
        }
    }
}
