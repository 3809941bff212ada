//! SQLite behind the store: one file, one writer, several readers.

mod backup;
mod batch;
mod dialect;
mod failure;
mod migrate;
mod open;
#[cfg(test)]
mod plan;
mod search_progress;
mod search_terms;
#[cfg(test)]
mod sections;
mod session;
#[path = "../sql/mod.rs"]
mod sql;
#[cfg(test)]
mod steps;

pub(crate) use failure::is_full;

use crate::slice::within_limits;
use crate::writer::Writer;
use crate::*;
use afterword_wire::limits::MAX_SEARCH_HITS;
use afterword_wire::{ChangeId, CommentId, PageCount, ThreadSlice, Timestamp};
use async_trait::async_trait;
use session::SqliteSession;
use sql::{
    author, change_log, export, import, move_rows, read_permalink, read_slice, read_source, search_comments, site, thread,
    write_request,
};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Changes a receiver may be behind before it must take everything as changed.
const CHANGES_KEPT: usize = 1024;

/// A store in one SQLite file, which other processes may use at the same time.
pub struct SqliteStore {
    readers: SqlitePool,
    writer: Arc<Writer<SqliteConnection>>,
    changes: broadcast::Sender<Change>,
}

impl SqliteStore {
    /// Opens the file a URL names (`sqlite:PATH`, `sqlite://PATH` or a bare path), making it and its directories where they are
    /// new, and brings it to this program's schema.
    ///
    /// # Errors
    /// [`StoreError::InvalidUrl`] when the URL or the file is none of ours, [`StoreError::NewerSchema`] when a newer program made
    /// it, [`StoreError::Unavailable`] when it is locked or cannot be read.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let file = open::file_of(url)?;
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        let mut connection = open::connect_writer(&file).await?;
        let is_searchable = search_progress::is_complete(&mut connection).await?;
        let writer = Arc::new(Writer::start(SqliteSession::on(connection).await, changes.clone()));
        if !is_searchable {
            tokio::spawn(search_progress::index_what_was_there(Arc::downgrade(&writer)));
        }
        Ok(Self { readers: open::connect_readers(&file), writer, changes })
    }

    /// A view of the database at one moment, however many statements read it.
    async fn read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.readers.begin().await?)
    }
}

#[async_trait]
impl CommentStore for SqliteStore {
    async fn add_site(&self, site: NewSite) -> Result<Site, StoreError> {
        self.writer.submit(site).await
    }

    async fn list_sites(&self) -> Result<Vec<SiteSummary>, StoreError> {
        site::list_sites(&mut *self.read().await?).await
    }

    async fn find_site(&self, slug: &str) -> Result<Option<Site>, StoreError> {
        site::find_site(&mut *self.readers.acquire().await?, slug).await
    }

    async fn find_thread(&self, site_id: SiteId, page_key: &str) -> Result<Option<Thread>, StoreError> {
        let row = thread::find_thread(&mut *self.readers.acquire().await?, site_id, page_key).await?;
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

    async fn read_changes(
        &self,
        site_id: SiteId,
        page_key: &str,
        after: Option<ChangeId>,
        limit: u32,
    ) -> Result<ChangeLog, StoreError> {
        change_log::read_changes(&mut *self.read().await?, site_id, page_key, after, limit).await
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

    async fn count_comments(&self, site_id: SiteId, page_keys: &[String]) -> Result<Vec<PageCount>, StoreError> {
        thread::count_comments(&mut *self.readers.acquire().await?, site_id, page_keys).await
    }

    async fn find_author(&self, site_id: SiteId, token_hash: TokenHash) -> Result<Option<AuthorId>, StoreError> {
        author::find_author(&mut *self.readers.acquire().await?, site_id, token_hash).await
    }

    async fn read_source(&self, site_id: SiteId, comment_id: CommentId) -> Result<Option<CommentSource>, StoreError> {
        read_source::read_source(&mut *self.readers.acquire().await?, site_id, comment_id).await
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
        self.writer.submit(write_request::ForgetRequests(before)).await
    }

    async fn forget_changes(&self, before: ChangeId) -> Result<u64, StoreError> {
        self.writer.submit(change_log::ForgetChanges(before)).await
    }

    async fn import_records(&self, site_id: SiteId, records: Vec<Record>) -> Result<ImportCount, StoreError> {
        self.writer.submit(import::ImportRecords { site_id, records }).await
    }

    async fn export_records(&self, site_id: SiteId, after: Option<&Record>, limit: u32) -> Result<Vec<Record>, StoreError> {
        export::export_records(&mut *self.read().await?, site_id, after, limit.max(1)).await
    }

    async fn count_records(&self, site_id: SiteId) -> Result<u64, StoreError> {
        export::count_records(&mut *self.readers.acquire().await?, site_id).await
    }

    async fn view(&self) -> Result<Box<dyn WholeView>, StoreError> {
        Ok(Box::new(View(self.read().await?)))
    }

    async fn put_rows(&self, rows: MovedRows) -> Result<(), StoreError> {
        self.writer.submit(rows).await
    }

    async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        backup::backup(&mut *self.readers.acquire().await?, file).await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM sqlite_schema LIMIT 1").execute(&mut *self.readers.acquire().await?).await?;
        Ok(())
    }

    async fn close(&self) {
        self.readers.close().await;
        // Last, because the last connection to close folds the write-ahead log into the file, and readers cannot.
        self.writer.close().await;
    }
}

/// The database as it was when the transaction began.
struct View(Transaction<'static, Sqlite>);

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
