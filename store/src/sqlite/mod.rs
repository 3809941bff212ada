//! SQLite behind the store: one file, one writer, several readers.

mod author;
mod backup;
mod batch;
mod comment_row;
mod delete_comment;
mod edit_comment;
mod export;
mod failure;
mod fill;
mod import;
mod import_comment;
mod import_tally;
mod insert_comment;
mod job;
mod listed;
mod migrate;
mod open;
mod own_comment;
mod place;
#[cfg(test)]
mod plan;
mod read_permalink;
mod read_slice;
mod read_source;
mod sibling_list;
mod sibling_order;
mod site;
#[cfg(test)]
mod steps;
mod thread;
mod write_request;
mod writer;

use crate::*;
use afterword_wire::limits::MAX_SLICE_ROWS;
use afterword_wire::{CommentId, PageCount, ThreadSlice, Timestamp};
use async_trait::async_trait;
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;
use tokio::sync::broadcast;
use writer::Writer;

/// Changes a receiver may be behind before it must take everything as changed.
const CHANGES_KEPT: usize = 1024;

/// A store in one SQLite file, which other processes may use at the same time.
pub struct SqliteStore {
    readers: SqlitePool,
    writer: Writer,
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
        let writer = Writer::start(open::connect_writer(&file).await?, changes.clone());
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
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer.submit(thread::SetThreadClosed { site_id, page_key: page_key.to_owned(), is_closed, now }).await
    }

    async fn forget_requests(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.writer.submit(write_request::ForgetRequests(before)).await
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

fn within_limits(listing: Listing) -> Listing {
    Listing { limit: listing.limit.clamp(1, MAX_SLICE_ROWS), ..listing }
}
