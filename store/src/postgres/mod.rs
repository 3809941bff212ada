//! PostgreSQL behind the store: many processes, each with one writer and several readers.

mod dialect;
mod failure;
mod follow;
mod freshness;
mod heard;
mod migrate;
mod open;
mod own_commits;
#[cfg(test)]
mod plan;
mod pooling;
mod search_terms;
mod session;
#[path = "../sql/mod.rs"]
mod sql;
mod transact;

pub(crate) use failure::{is_conflict, is_full};

use crate::slice::within_limits;
use crate::writer::Writer;
use crate::*;
use afterword_wire::limits::MAX_SEARCH_HITS;
use afterword_wire::{ChangeId, CommentId, PageCount, ThreadSlice, Timestamp};
use async_trait::async_trait;
use follow::Follower;
use freshness::Freshness;
use pooling::Pooling;
use session::PgSession;
use sql::{
    author, change_log, export, import, move_rows, read_permalink, read_slice, read_source, search_comments, site, thread,
    write_request,
};
use sqlx::{PgConnection, PgPool, Postgres, Row, Transaction};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{Mutex, broadcast};
use tokio::task::JoinHandle;

/// Changes a receiver may be behind before it must take everything as changed.
const CHANGES_KEPT: usize = 1024;

/// A store in a PostgreSQL database, which other processes may use at the same time.
pub struct PostgresStore {
    /// What decides a write, and what must be the latest.
    primary: PgPool,
    replica: Option<PgPool>,
    pooling: Pooling,
    freshness: Arc<Freshness>,
    writer: Writer<PgConnection>,
    follower: Mutex<Option<JoinHandle<()>>>,
    changes: broadcast::Sender<Change>,
}

impl PostgresStore {
    /// Opens the database that URLs name and brings it to this program's schema; several processes may do so at once.
    ///
    /// # Errors
    /// [`StoreError::InvalidUrl`] when a URL cannot be read, the server is older than PostgreSQL 15 or the database another
    /// program's, [`StoreError::NewerSchema`] when a newer program made it, [`StoreError::Unavailable`] when it does not answer.
    pub async fn open(urls: &DatabaseUrls) -> Result<Self, StoreError> {
        let pooling = if urls.listen.is_some() { Pooling::ByTransaction } else { Pooling::None };
        let options = open::options_of(&urls.database, pooling)?;
        let listen = open::options_of(urls.listen.as_deref().unwrap_or(&urls.database), Pooling::None)?;
        let read = urls.read.as_deref().map(|url| open::options_of(url, pooling)).transpose()?;
        open::prepare(&options).await?;
        let primary = open::readers(options.clone());
        let replica = read.map(open::readers);
        let freshness = Arc::new(Freshness::new(replica.is_some()));
        freshness.committed_elsewhere(&primary).await?;
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        let writer_id: String = sqlx::raw_sql("SELECT gen_random_uuid()::text").fetch_one(&primary).await?.try_get(0)?;
        let follower = Follower {
            marks: Follower::marks_now(&primary).await?,
            primary: primary.clone(),
            listeners: open::listeners(listen),
            pooling,
            own_id: writer_id.clone(),
            freshness: freshness.clone(),
            changes: changes.clone(),
        };
        let writer = Writer::start(PgSession::new(options, pooling, writer_id, freshness.clone()), changes.clone());
        let follower = Mutex::new(Some(tokio::spawn(follower.run())));
        Ok(Self { primary, replica, pooling, freshness, writer, follower, changes })
    }

    /// A view for readers: of the replica where there is one that has come far enough, else of the primary.
    async fn read(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        if let Some(replica) = &self.replica
            && let Ok(mut view) = self.pooling.view(replica).await
            && let Ok(true) = self.freshness.is_fresh(&mut view).await
        {
            return Ok(view);
        }
        self.read_latest().await
    }

    /// A view of the primary.
    async fn read_latest(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        self.pooling.view(&self.primary).await
    }
}

#[async_trait]
impl CommentStore for PostgresStore {
    async fn add_site(&self, site: NewSite) -> Result<Site, StoreError> {
        self.writer.submit(site).await
    }

    async fn list_sites(&self) -> Result<Vec<SiteSummary>, StoreError> {
        site::list_sites(&mut *self.read().await?).await
    }

    async fn find_site(&self, slug: &str) -> Result<Option<Site>, StoreError> {
        site::find_site(&mut *self.read_latest().await?, slug).await
    }

    async fn find_thread(&self, site_id: SiteId, page_key: &str) -> Result<Option<Thread>, StoreError> {
        let row = thread::find_thread(&mut *self.read().await?, site_id, page_key).await?;
        Ok(row.map(|row| row.thread))
    }

    async fn read_slice(&self, site: &Site, page_key: &str, listing: Listing) -> Result<ThreadSlice, StoreError> {
        read_slice::read_slice(&mut *self.read().await?, site, page_key, &within_limits(listing)).await
    }

    async fn read_branch(&self, site: &Site, comment_id: CommentId, listing: Listing) -> Result<Option<ThreadSlice>, StoreError> {
        read_slice::read_branch(&mut *self.read().await?, site, comment_id, &within_limits(listing)).await
    }

    async fn read_permalink(
        &self,
        site: &Site,
        page_key: &str,
        comment_id: CommentId,
        listing: Listing,
    ) -> Result<Option<ThreadSlice>, StoreError> {
        read_permalink::read_permalink(&mut *self.read().await?, site, page_key, comment_id, &within_limits(listing)).await
    }

    async fn search_comments(
        &self,
        site_id: SiteId,
        page_key: &str,
        query: &search::SearchQuery,
        listing: SearchListing,
    ) -> Result<FoundComments, StoreError> {
        let listing = SearchListing { limit: listing.limit.clamp(1, MAX_SEARCH_HITS), ..listing };
        search_comments::search_comments(&mut *self.read().await?, site_id, page_key, query, &listing).await
    }

    async fn read_changes(
        &self,
        site_id: SiteId,
        page_key: &str,
        after: Option<ChangeId>,
        limit: u32,
    ) -> Result<ChangeLog, StoreError> {
        change_log::read_changes(&mut *self.read().await?, site_id, page_key, after, limit).await
    }

    async fn count_comments(&self, site_id: SiteId, page_keys: &[String]) -> Result<Vec<PageCount>, StoreError> {
        thread::count_comments(&mut *self.read().await?, site_id, page_keys).await
    }

    async fn find_author(&self, site_id: SiteId, token_hash: TokenHash) -> Result<Option<AuthorId>, StoreError> {
        author::find_author(&mut *self.read_latest().await?, site_id, token_hash).await
    }

    async fn read_source(&self, site_id: SiteId, comment_id: CommentId) -> Result<Option<CommentSource>, StoreError> {
        read_source::read_source(&mut *self.read_latest().await?, site_id, comment_id).await
    }

    async fn insert_comment(&self, write: InsertComment) -> Result<Outcome, StoreError> {
        self.writer.submit(write).await
    }

    async fn edit_comment(&self, write: EditBody) -> Result<Outcome, StoreError> {
        self.writer.submit(write).await
    }

    async fn delete_comment(&self, write: WithdrawComment) -> Result<Outcome, StoreError> {
        self.writer.submit(write).await
    }

    async fn set_thread_closed(
        &self,
        site_id: SiteId,
        page_key: &str,
        is_closed: bool,
        new_change_id: ChangeId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let page_key = page_key.to_owned();
        self.writer.submit(thread::SetThreadClosed { site_id, page_key, is_closed, new_change_id, now }).await
    }

    async fn forget_requests(&self, before: Timestamp) -> Result<u64, StoreError> {
        own_commits::forget_processes(&self.primary).await?;
        self.writer.submit(write_request::ForgetRequests(before)).await
    }

    async fn forget_changes(&self, before: ChangeId) -> Result<u64, StoreError> {
        self.writer.submit(change_log::ForgetChanges(before)).await
    }

    async fn import_records(&self, site_id: SiteId, records: Vec<Record>) -> Result<ImportCount, StoreError> {
        self.writer.submit(import::ImportRecords { site_id, records }).await
    }

    async fn export_records(&self, site_id: SiteId, after: Option<&Record>, limit: u32) -> Result<Vec<Record>, StoreError> {
        export::export_records(&mut *self.read_latest().await?, site_id, after, limit.max(1)).await
    }

    async fn count_records(&self, site_id: SiteId) -> Result<u64, StoreError> {
        export::count_records(&mut *self.read_latest().await?, site_id).await
    }

    async fn view(&self) -> Result<Box<dyn WholeView>, StoreError> {
        Ok(Box::new(View(self.read_latest().await?)))
    }

    async fn put_rows(&self, rows: MovedRows) -> Result<(), StoreError> {
        self.writer.submit(rows).await
    }

    async fn backup(&self, _file: &Path) -> Result<(), StoreError> {
        let sentence =
            "a PostgreSQL database is backed up by its own tools (pg_dump, pg_basebackup), or with `afterword move` to a file";
        Err(StoreError::InvalidUrl(sentence.to_owned()))
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::raw_sql("SELECT 1").execute(&self.primary).await?;
        Ok(())
    }

    async fn close(&self) {
        if let Some(follower) = self.follower.lock().await.take() {
            follower.abort();
        }
        self.writer.close().await;
        self.primary.close().await;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
    }
}

/// The database as it was when the transaction began.
struct View(Transaction<'static, Postgres>);

#[async_trait]
impl WholeView for View {
    async fn rows(
        &mut self,
        table: MovedTable,
        scope: &MovedScope,
        after: Option<&serde_json::Value>,
        limit: u32,
    ) -> Result<Vec<MovedRow>, StoreError> {
        move_rows::read_rows(&mut self.0, table, scope, after, limit).await
    }
}
