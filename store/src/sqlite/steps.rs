//! Holds the promise that what readers and writers ask costs the same in a thread of hundreds and of tens of thousands: counts the
//! steps of SQLite's virtual machine, which a scan or a sort of a thread cannot hide from.

use super::open::connect_writer;
use super::sql::read_permalink::read_permalink;
use super::sql::read_slice::{read_branch, read_slice};
use super::sql::thread::find_thread;
use crate::writer::Write;
use crate::{
    CommentRecord, EditBody, InsertComment, Listing, ModerationStatus, NewSite, Record, Site, StoreError, TokenHash,
    WithdrawComment, WriteRequest,
};
use afterword_wire::limits::MAX_SLICE_ROWS;
use afterword_wire::{AuthorId, ChangeId, CommentId, RequestId, Sort, ThreadSlice, Timestamp};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

const PAGE: &str = "/a";
const FEW: u32 = 200;
const MANY: u32 = 20_000;
const ROOM: u32 = 50;
const DEVICE: TokenHash = TokenHash([1; 32]);

/// The parent of each comment `i`, from 1, in SQL; its number of ancestors, and how many comments a chain has.
const SHAPES: [(&str, &str); 3] = [
    ("wide", "0"),
    ("deep", "CASE WHEN i % 101 = 1 THEN 0 ELSE i - 1 END"),
    ("hot", "CASE WHEN i = 1 THEN 0 WHEN i % 2 = 0 THEN 1 WHEN i % 4 = 1 THEN i - 1 ELSE 0 END"),
];

/// A database with one thread, and how many steps were taken on its connection.
struct Counted {
    _directory: TempDir,
    connection: SqliteConnection,
    steps: Arc<AtomicU64>,
    site: Site,
    last: CommentId,
    requests: u64,
}

impl Counted {
    async fn with_thread(parents: &str, count: u32) -> Self {
        let directory = tempfile::tempdir().expect("a directory for the test");
        let mut connection = connect_writer(&directory.path().join("steps.db")).await.expect("a new file can be made");
        let site = NewSite { slug: "blog".to_owned(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) };
        let site = site.apply(&mut connection).await.expect("the slug is free").answer;
        grow(&mut connection, &site, parents, count).await;
        let steps = Arc::new(AtomicU64::new(0));
        let counted = steps.clone();
        let mut handle = connection.lock_handle().await.expect("the connection is idle");
        handle.set_progress_handler(1, move || {
            counted.fetch_add(1, Ordering::Relaxed);
            true
        });
        drop(handle);
        Self { _directory: directory, connection, steps, site, last: CommentId(u64::from(count)), requests: 0 }
    }

    /// Steps since the last time this was asked.
    fn taken(&self) -> u64 {
        self.steps.swap(0, Ordering::Relaxed)
    }

    async fn slice(&mut self, listing: &Listing) -> ThreadSlice {
        read_slice(&mut self.connection, &self.site, PAGE, listing).await.expect("readable")
    }

    async fn branch(&mut self, id: CommentId, cursor: Option<String>) -> ThreadSlice {
        let listing = Listing { cursor, ..listing(Sort::Oldest) };
        read_branch(&mut self.connection, &self.site, id, &listing).await.expect("readable").expect("listed")
    }

    async fn permalink(&mut self, id: CommentId, sort: Sort) {
        let found = read_permalink(&mut self.connection, &self.site, PAGE, id, &listing(sort)).await.expect("readable");
        assert!(found.expect("listed").comments.len() <= ROOM as usize + 104);
    }

    fn request(&mut self) -> WriteRequest {
        self.requests += 1;
        WriteRequest { id: RequestId::from_parts(self.requests, [7; 16]), fingerprint: [3; 32] }
    }

    async fn write<W: Write<SqliteConnection>>(&mut self, write: W) -> W::Answer {
        let applied: Result<_, StoreError> = write.apply(&mut self.connection).await;
        applied.expect("nothing stands against this write").answer
    }
}

/// Fills a thread as writes would have filled it: rows, then counters.
async fn grow(connection: &mut SqliteConnection, site: &Site, parents: &str, count: u32) {
    let rows = format!(
        "INSERT INTO thread (thread_id, site_id, page_key, created_at) VALUES (1, {site}, '{PAGE}', 0); \
         INSERT INTO author (site_id, author_id, created_at) VALUES ({site}, 5, 0); \
         INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, moderation_status, is_listed, \
         created_at, renderer_version, body_markdown, body_html) \
         WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count}) \
         SELECT {site}, 1, i, {parents}, 0, 5, 'Mara', 'approved', 1, i, 1, 'Yes.', '<p>Yes.</p>' FROM number; \
         WITH RECURSIVE line (id, deep) AS (SELECT comment_id, 0 FROM comment WHERE thread_id = 1 AND parent_id = 0 UNION ALL \
         SELECT comment_id, deep + 1 FROM line JOIN comment ON thread_id = 1 AND parent_id = id) \
         UPDATE comment SET depth = deep FROM line WHERE comment_id = id; \
         UPDATE comment SET reply_count = (SELECT count(*) FROM comment AS reply WHERE reply.thread_id = 1 \
         AND reply.parent_id = comment.comment_id AND reply.is_listed = 1); \
         UPDATE thread SET comment_count = {count}, root_count = (SELECT count(*) FROM comment WHERE thread_id = 1 AND parent_id = 0);",
        site = site.id.0
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(connection).await.expect("the statements are sound");
}

fn listing(sort: Sort) -> Listing {
    Listing { sort, limit: ROOM, ..Listing::default() }
}

/// What each thing that is done to a thread costs, by name.
async fn costs(counted: &mut Counted) -> BTreeMap<String, u64> {
    let mut costs = BTreeMap::new();
    counted.taken();
    let (last, middle) = (counted.last, CommentId(counted.last.0 / 2));
    for sort in Sort::ALL {
        let name = |what: &str| format!("{what}, {}", sort.as_str());
        let first = counted.slice(&listing(sort)).await;
        costs.insert(name("first slice"), counted.taken());
        if let Some(more) = first.more {
            counted.slice(&Listing { cursor: Some(more.cursor), ..listing(sort) }).await;
            costs.insert(name("second slice"), counted.taken());
        }
        let dated = counted.slice(&Listing { at: Some(middle), ..listing(sort) }).await;
        costs.insert(name("slice at a date"), counted.taken());
        if let Some(before) = dated.before {
            counted.slice(&Listing { cursor: Some(before.cursor), ..listing(sort) }).await;
            costs.insert(name("slice before a date"), counted.taken());
        }
        for (place, id) in [("first", CommentId(1)), ("middle", middle), ("last", last)] {
            counted.permalink(id, sort).await;
            costs.insert(name(&format!("permalink of the {place}")), counted.taken());
        }
        counted.slice(&Listing { limit: MAX_SLICE_ROWS, ..listing(sort) }).await;
        costs.insert(name("largest slice"), counted.taken());
    }
    let branch = counted.branch(CommentId(1), None).await;
    costs.insert("branch".to_owned(), counted.taken());
    if let Some(more) = branch.more {
        counted.branch(CommentId(1), Some(more.cursor)).await;
        costs.insert("branch, further on".to_owned(), counted.taken());
    }
    find_thread(&mut counted.connection, counted.site.id, PAGE).await.expect("readable");
    costs.insert("head".to_owned(), counted.taken());
    write_costs(counted, &mut costs).await;
    costs
}

async fn write_costs(counted: &mut Counted, costs: &mut BTreeMap<String, u64>) {
    let mut own = Vec::new();
    // The first write of a device adds it as an author, and so is another write than the rest.
    for (name, parent_id) in [("first root", None), ("root", None), ("reply", Some(CommentId(1))), ("reply to it", None)] {
        let parent_id = if name == "reply to it" { own.last().copied() } else { parent_id };
        let insert = insert(counted, parent_id);
        own.push(counted.write(insert).await.written.comment.id);
        costs.insert(format!("insert a {name}"), counted.taken());
    }
    let (site, request) = (counted.site.clone(), counted.request());
    let (body_markdown, body_html) = ("No.".to_owned(), "<p>No.</p>".to_owned());
    let (comment_id, token_hash, now) = (own[2], DEVICE, Timestamp(1));
    let new_change_id = ChangeId(9);
    let edit =
        EditBody { site, comment_id, new_change_id, token_hash, body_markdown, body_html, renderer_version: 1, now, request };
    counted.write(edit).await;
    costs.insert("edit".to_owned(), counted.taken());
    for (name, comment_id) in [("answered", own[2]), ("last reply of a deleted", own[3]), ("root", own[1])] {
        let (site, request) = (counted.site.clone(), counted.request());
        let (new_change_id, now) = (ChangeId(10), Timestamp(1));
        counted.write(WithdrawComment { site, comment_id, new_change_id, token_hash, now, request }).await;
        costs.insert(format!("delete a comment, {name}"), counted.taken());
    }
    let records = (0..20).map(|number| record(CommentId((1 << 40) + number), Some(CommentId(1)))).collect();
    counted.write(super::import::ImportRecords { site_id: counted.site.id, records }).await;
    costs.insert("import a batch into a parent".to_owned(), counted.taken());
}

fn insert(counted: &mut Counted, parent_id: Option<CommentId>) -> InsertComment {
    InsertComment {
        site: counted.site.clone(),
        page_key: PAGE.to_owned(),
        page_url: None,
        page_title: None,
        new_comment_id: CommentId(7),
        new_author_id: AuthorId(6),
        new_change_id: ChangeId(8),
        parent_id,
        token_hash: DEVICE,
        author_name: "Jonas".to_owned(),
        author_email: None,
        author_website: None,
        body_markdown: "Yes.".to_owned(),
        body_html: "<p>Yes.</p>".to_owned(),
        renderer_version: 1,
        now: Timestamp(1),
        request: counted.request(),
    }
}

fn record(comment_id: CommentId, parent_id: Option<CommentId>) -> Record {
    Record::Comment(CommentRecord {
        comment_id,
        page_key: PAGE.to_owned(),
        parent_id,
        answers_name: None,
        author_id: AuthorId(5),
        author_name: "Mara".to_owned(),
        author_email: None,
        author_website: None,
        moderation_status: ModerationStatus::Approved,
        created_at: Timestamp(1),
        edited_at: None,
        deleted_at: None,
        body_markdown: "Yes.".to_owned(),
        body_html: "<p>Yes.</p>".to_owned(),
        renderer_version: 1,
    })
}

#[tokio::test]
async fn reading_and_writing_take_as_many_steps_in_a_large_thread_as_in_a_small_one() {
    for (shape, parents) in SHAPES {
        let few = costs(&mut Counted::with_thread(parents, FEW).await).await;
        let many = costs(&mut Counted::with_thread(parents, MANY).await).await;
        for (what, steps) in &many {
            // Where the small thread ends before the slice is full there is nothing to compare with but the slice's own bound.
            let bound = few.get(what).map_or(0, |few| few + few / 5 + 100).max(bound(what));
            assert!(*steps <= bound, "{shape}: {what} takes {steps} steps, {:?} in a small thread", few.get(what));
        }
    }
}

/// What a full slice may cost: some hundred steps a row.
fn bound(what: &str) -> u64 {
    let rows = if what.starts_with("largest") { MAX_SLICE_ROWS } else { ROOM };
    if what.contains("slice") || what.contains("branch") || what.contains("permalink") { u64::from(rows) * 200 } else { 0 }
}
