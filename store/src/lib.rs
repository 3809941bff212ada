//! Where comments are kept: [`CommentStore`], and the databases behind it.
//!
//! Nothing outside this crate knows SQL; nothing inside knows HTTP or markdown. Times and random numbers come in as
//! parameters. What only the server may see (e-mail, token hashes) has types here and none in `wire`.

#![allow(
    clippy::duplicate_mod,
    reason = "src/sql is compiled once for each database: docs/decisions/0008-postgresql-many-processes.md"
)]

mod error;
mod failure;
mod model;
mod moving;
mod open;
pub mod postgres;
mod record;
pub mod search;
mod slice;
pub mod sqlite;
mod writer;

pub use error::{StoreError, WriteRefusal};
pub use model::*;
pub use moving::{MovedRow, MovedRows, MovedScope, MovedTable, WholeView};
pub use open::{DatabaseUrls, is_postgres, open, open_with};
pub use record::*;

use afterword_wire::{AuthorId, ChangeId, CommentId, PageCount, ThreadSlice};
use async_trait::async_trait;
use std::path::Path;
use tokio::sync::broadcast;

/// A database of sites, threads and comments. Every method is safe to call from many tasks at once.
///
/// # Errors
/// Every method fails with [`StoreError::Unavailable`] when the database does not answer and [`StoreError::Full`] when the
/// disk is full; writes also with [`StoreError::Refused`]. A write that fails has had no effect.
#[async_trait]
pub trait CommentStore: Send + Sync + 'static {
    /// Adds a site.
    ///
    /// # Errors
    /// [`WriteRefusal::SiteExists`] when the slug is taken.
    async fn add_site(&self, site: NewSite) -> Result<Site, StoreError>;
    /// All sites, by slug, with their counts.
    async fn list_sites(&self) -> Result<Vec<SiteSummary>, StoreError>;
    /// The site of that slug.
    async fn find_site(&self, slug: &str) -> Result<Option<Site>, StoreError>;

    /// The head of a page's thread: what is known without its comments. `None` while nobody wrote there.
    async fn find_thread(&self, site_id: SiteId, page_key: &str) -> Result<Option<Thread>, StoreError>;
    /// A slice of a page's thread; an empty one for a page nobody wrote under.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor that is not of this listing.
    async fn read_slice(&self, site: &Site, page_key: &str, listing: Listing) -> Result<ThreadSlice, StoreError>;
    /// Replies below one comment, depth-first, without the comment itself. `None` when there is no such comment.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor that is not of this listing.
    async fn read_branch(&self, site: &Site, comment_id: CommentId, listing: Listing) -> Result<Option<ThreadSlice>, StoreError>;
    /// One comment with its ancestors, a few neighbours on its own level and its first replies. `None` when this page has no such listed comment.
    /// `more` of an ancestor then stands for its direct replies from the first on (they may repeat what is here).
    async fn read_permalink(
        &self,
        site: &Site,
        page_key: &str,
        comment_id: CommentId,
        listing: Listing,
    ) -> Result<Option<ThreadSlice>, StoreError>;
    /// What a page's thread's log tells after that place, at most `limit` entries; `None` stands for its beginning. Writes of one
    /// thread appear in the order of their ids, with one exception: a database that several processes write at once without
    /// waiting for each other may let a smaller id appear later. It then begins up to some seconds before `after`, beyond the
    /// limit; so an entry may come twice, and who follows drops what they know.
    async fn read_changes(
        &self,
        site_id: SiteId,
        page_key: &str,
        after: Option<ChangeId>,
        limit: u32,
    ) -> Result<ChangeLog, StoreError>;
    /// Comments of a page's thread in which everything a query asks for stands, in name or body; newest first, at most
    /// `listing.limit`, deleted and unlisted ones never. Empty for a page nobody wrote under, and for an empty query.
    ///
    /// An answer may be shorter than its limit and still have a cursor: then there was enough to go through.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor that no search of this thread gave out.
    async fn search_comments(
        &self,
        site_id: SiteId,
        page_key: &str,
        query: &search::SearchQuery,
        listing: SearchListing,
    ) -> Result<FoundComments, StoreError>;
    /// How many comments each page has, in the order asked; 0 for a page without a thread.
    async fn count_comments(&self, site_id: SiteId, page_keys: &[String]) -> Result<Vec<PageCount>, StoreError>;
    /// Who a device stands for on a site; `None` while it wrote nothing there.
    async fn find_author(&self, site_id: SiteId, token_hash: TokenHash) -> Result<Option<AuthorId>, StoreError>;
    /// What the author typed. `None` when there is no such comment or it is deleted.
    async fn read_source(&self, site_id: SiteId, comment_id: CommentId) -> Result<Option<CommentSource>, StoreError>;

    /// Stores a comment or reply, and its thread and author where they are new.
    async fn insert_comment(&self, write: InsertComment) -> Result<Outcome, StoreError>;
    /// Replaces a comment's body.
    async fn edit_comment(&self, write: EditBody) -> Result<Outcome, StoreError>;
    /// Withdraws a comment: body, name, e-mail and website are erased; with listed replies it stays as a placeholder.
    async fn delete_comment(&self, write: WithdrawComment) -> Result<Outcome, StoreError>;
    /// Opens or closes a page's thread for new comments, making it where it is new.
    async fn set_thread_closed(
        &self,
        site_id: SiteId,
        page_key: &str,
        is_closed: bool,
        new_change_id: ChangeId,
        now: afterword_wire::Timestamp,
    ) -> Result<(), StoreError>;
    /// Forgets request ids used before that time. Returns how many.
    async fn forget_requests(&self, before: afterword_wire::Timestamp) -> Result<u64, StoreError>;
    /// Forgets the entries of all logs before that id. Returns how many.
    async fn forget_changes(&self, before: ChangeId) -> Result<u64, StoreError>;

    /// Stores records of an export or another system, all or none of this batch, and counts what was new. Records already there
    /// (same site, same id) are left as they are. Parents must come before replies, across batches too.
    async fn import_records(&self, site_id: SiteId, records: Vec<Record>) -> Result<ImportCount, StoreError>;
    /// The next records of a site's export after `after`, in a stable order in which parents come before replies: threads by page
    /// key, authors by id, comments by id. Empty at the end. Row after row the same however often it is read.
    async fn export_records(&self, site_id: SiteId, after: Option<&Record>, limit: u32) -> Result<Vec<Record>, StoreError>;
    /// Authors' number of records, for progress: threads + authors + comments.
    async fn count_records(&self, site_id: SiteId) -> Result<u64, StoreError>;
    /// Everything as it is at this moment, to be read row by row while others write.
    async fn view(&self) -> Result<Box<dyn WholeView>, StoreError>;
    /// Writes rows of another database as they are there, in place of those with the same keys.
    async fn put_rows(&self, rows: MovedRows) -> Result<(), StoreError>;
    /// Writes a consistent copy of the whole database to a new file, while others write.
    async fn backup(&self, file: &Path) -> Result<(), StoreError>;

    /// Reports every change from now on, those of other processes too. A receiver that lags must take everything as changed.
    fn changes(&self) -> broadcast::Receiver<Change>;
    /// Asks the database for a sign of life.
    async fn ping(&self) -> Result<(), StoreError>;
    /// Finishes what was begun and lets go of the database.
    async fn close(&self);
}
