//! Arranges: a site, people who write there, and their writes.

use afterword_store::{
    CommentStore, EditBody, InsertComment, Listing, NewSite, Outcome, Site, StoreError, TokenHash, WithdrawComment, WriteRefusal,
    WriteRequest,
};
use afterword_wire::{AuthorId, ChangeId, CommentId, RequestId, Sort, ThreadSlice, Timestamp};
use std::sync::atomic::{AtomicU64, Ordering};

/// The page on which a scene plays unless it says otherwise.
pub const PAGE: &str = "/a-living-thread";
/// When it plays.
pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
/// Two people.
pub const MARA: u8 = 1;
pub const JONAS: u8 = 2;

/// A site in a store, and whoever writes there.
pub struct Scene<'a> {
    pub store: &'a dyn CommentStore,
    pub site: Site,
    next: AtomicU64,
}

impl<'a> Scene<'a> {
    pub async fn new(store: &'a dyn CommentStore) -> Self {
        Self { site: add_site(store, "blog").await, store, next: AtomicU64::new(1) }
    }

    /// Another number each time, rising: ids follow the order of calls.
    fn next(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    pub fn change_id(&self) -> ChangeId {
        ChangeId(2_000_000 + self.next())
    }

    pub fn request(&self) -> WriteRequest {
        let number = self.next();
        WriteRequest { id: RequestId::from_parts(number, [7; 16]), fingerprint: [3; 32] }
    }

    /// A comment to insert, in every field as real as any.
    pub fn comment(&self, person: u8, parent_id: Option<CommentId>) -> InsertComment {
        let number = self.next();
        InsertComment {
            site: self.site.clone(),
            page_key: PAGE.to_owned(),
            page_url: None,
            page_title: None,
            // As far apart as real ids of two milliseconds: one that has to rise past another does not meet a third.
            new_comment_id: CommentId((1_000_000 + number) << 21),
            new_author_id: AuthorId(u64::MAX - number),
            new_change_id: self.change_id(),
            parent_id,
            token_hash: TokenHash([person; 32]),
            author_name: format!("Person {person}"),
            author_email: Some(format!("{person}@example.org")),
            author_website: Some(format!("https://example.org/{person}")),
            body_markdown: format!("*{number}*"),
            body_html: format!("<p><em>{number}</em></p>"),
            renderer_version: 1,
            now: NOW,
            request: self.request(),
        }
    }

    pub async fn say(&self, person: u8, parent_id: Option<CommentId>) -> CommentId {
        self.insert(self.comment(person, parent_id)).await.written.comment.id
    }

    pub async fn insert(&self, write: InsertComment) -> Outcome {
        self.store.insert_comment(write).await.expect("nothing stands against this comment")
    }

    pub fn edit(&self, person: u8, comment_id: CommentId) -> EditBody {
        EditBody {
            site: self.site.clone(),
            comment_id,
            new_change_id: self.change_id(),
            token_hash: TokenHash([person; 32]),
            body_markdown: "better".to_owned(),
            body_html: "<p>better</p>".to_owned(),
            renderer_version: 2,
            now: NOW,
            request: self.request(),
        }
    }

    pub fn withdrawal(&self, person: u8, comment_id: CommentId) -> WithdrawComment {
        WithdrawComment {
            site: self.site.clone(),
            comment_id,
            new_change_id: self.change_id(),
            token_hash: TokenHash([person; 32]),
            now: NOW,
            request: self.request(),
        }
    }

    pub async fn withdraw(&self, person: u8, comment_id: CommentId) -> Outcome {
        self.store.delete_comment(self.withdrawal(person, comment_id)).await.expect("one's own comment can be withdrawn")
    }

    /// The first slice of the page.
    pub async fn slice(&self, sort: Sort, limit: u32) -> ThreadSlice {
        self.slice_from(sort, limit, None).await
    }

    pub async fn slice_from(&self, sort: Sort, limit: u32, cursor: Option<String>) -> ThreadSlice {
        self.store.read_slice(&self.site, PAGE, Listing { sort, limit, cursor, at: None }).await.expect("the slice can be read")
    }

    pub async fn branch_from(&self, comment_id: CommentId, limit: u32, cursor: Option<String>) -> ThreadSlice {
        let listing = Listing { limit, cursor, ..Listing::default() };
        let branch = self.store.read_branch(&self.site, comment_id, listing).await.expect("the branch can be read");
        branch.expect("the comment is listed")
    }
}

pub async fn add_site(store: &dyn CommentStore, slug: &str) -> Site {
    let origins = vec!["https://blog.example".to_owned()];
    let site = NewSite { slug: slug.to_owned(), origins, edit_window_s: 900, created_at: NOW };
    store.add_site(site).await.expect("the slug is free")
}

/// Why a write was refused.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> WriteRefusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("a refusal was expected; {other:?} came"),
    }
}

/// The ids of rows, in order.
pub fn ids(slice: &ThreadSlice) -> Vec<CommentId> {
    slice.comments.iter().map(|comment| comment.id).collect()
}
