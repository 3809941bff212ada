//! What goes into the store and what comes out, besides what travels on the wire.

use afterword_wire::{AuthorId, ChangeId, Comment, CommentId, RequestId, Sort, Timestamp, Written};

/// A site within this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteId(pub i64);

/// A thread within this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadId(pub i64);

/// SHA-256 of a site's slug, a NUL and a guest's device secret: all the store knows of the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

/// A site: whose pages may carry threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its id in this database.
    pub id: SiteId,
    /// Its readable handle: 1 to 40 of `a-z 0-9 -`.
    pub slug: String,
    /// Origins whose pages may write, as browsers send them: scheme, host, port.
    pub origins: Vec<String>,
    /// Seconds within which authors may edit and delete.
    pub edit_window_s: u32,
}

/// A site to add; fields as in [`Site`].
#[derive(Clone, Debug)]
pub struct NewSite {
    /// Its readable handle.
    pub slug: String,
    /// Origins whose pages may write.
    pub origins: Vec<String>,
    /// Seconds within which authors may edit and delete.
    pub edit_window_s: u32,
    /// The time now.
    pub created_at: Timestamp,
}

/// A site with what is in it.
#[derive(Clone, Debug)]
pub struct SiteSummary {
    /// The site.
    pub site: Site,
    /// Threads begun.
    pub thread_count: u64,
    /// Comments that can be read.
    pub comment_count: u64,
}

/// The head of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// Its id in this database.
    pub id: ThreadId,
    /// Names its page within the site.
    pub page_key: String,
    /// Where the page can be read, if a trusted URL ever came.
    pub page_url: Option<String>,
    /// The page's title, if one ever came.
    pub page_title: Option<String>,
    /// Whether new comments are refused.
    pub is_closed: bool,
    /// Comments that can be read.
    pub comment_count: u32,
}

/// Which part of a listing is wanted.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Order of root comments; replies are always oldest first.
    pub sort: Sort,
    /// Most comments wanted, 1 to [`afterword_wire::limits::MAX_SLICE_ROWS`].
    pub limit: u32,
    /// Where to go on; `None` for the beginning.
    pub cursor: Option<String>,
    /// Begins with the root comment of this id, or else with the next one in the order; only where they are ordered by time, and
    /// without a cursor.
    pub at: Option<CommentId>,
}

/// How much of what a search finds is wanted.
#[derive(Clone, Debug, Default)]
pub struct SearchListing {
    /// Most comments wanted, 1 to [`afterword_wire::limits::MAX_SEARCH_HITS`].
    pub limit: u32,
    /// Where to go on; `None` for the newest.
    pub cursor: Option<String>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundComments {
    /// The comments, newest first; `more` of each is `None`, whatever was left out below it.
    pub comments: Vec<Comment>,
    /// Where to go on; `None` at the end.
    pub cursor: Option<String>,
}

/// What identifies one write for ever.
#[derive(Clone, Debug)]
pub struct WriteRequest {
    /// Made by the client.
    pub id: RequestId,
    /// SHA-256 over method, address, token hash and the meaning of the body: another write under the same id differs here.
    pub fingerprint: [u8; 32],
}

/// A comment to store. Text is already checked, cleaned and rendered.
#[derive(Clone, Debug)]
pub struct InsertComment {
    /// The site it is for.
    pub site: Site,
    /// Names the page.
    pub page_key: String,
    /// Kept on the thread when the thread has none.
    pub page_url: Option<String>,
    /// Kept on the thread; replaces an older title.
    pub page_title: Option<String>,
    /// The comment's id if it turns out to be new.
    pub new_comment_id: CommentId,
    /// The author's id if the device is new on this site.
    pub new_author_id: AuthorId,
    /// The id of its entry in the thread's log; the store takes a greater one where the log has gone further.
    pub new_change_id: ChangeId,
    /// The comment answered.
    pub parent_id: Option<CommentId>,
    /// Who writes.
    pub token_hash: TokenHash,
    /// Display name.
    pub author_name: String,
    /// Never leaves the server.
    pub author_email: Option<String>,
    /// Home page.
    pub author_website: Option<String>,
    /// As typed.
    pub body_markdown: String,
    /// As rendered and sanitised.
    pub body_html: String,
    /// Version of the renderer that made `body_html`.
    pub renderer_version: u32,
    /// The time now.
    pub now: Timestamp,
    /// Makes it happen once.
    pub request: WriteRequest,
}

/// A new body for a comment.
#[derive(Clone, Debug)]
pub struct EditBody {
    /// The site it is for.
    pub site: Site,
    /// Which comment.
    pub comment_id: CommentId,
    /// The id of its entry in the thread's log; the store takes a greater one where the log has gone further.
    pub new_change_id: ChangeId,
    /// Who asks.
    pub token_hash: TokenHash,
    /// As typed.
    pub body_markdown: String,
    /// As rendered and sanitised.
    pub body_html: String,
    /// Version of the renderer that made `body_html`.
    pub renderer_version: u32,
    /// The time now.
    pub now: Timestamp,
    /// Makes it happen once.
    pub request: WriteRequest,
}

/// A comment to withdraw.
#[derive(Clone, Debug)]
pub struct WithdrawComment {
    /// The site it is for.
    pub site: Site,
    /// Which comment.
    pub comment_id: CommentId,
    /// The id of its entry in the thread's log; the store takes a greater one where the log has gone further.
    pub new_change_id: ChangeId,
    /// Who asks.
    pub token_hash: TokenHash,
    /// The time now.
    pub now: Timestamp,
    /// Makes it happen once.
    pub request: WriteRequest,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The answer, the same for every repetition.
    pub written: Written,
    /// Whether the same request id came before and this is its first result again.
    pub is_repeated: bool,
}

/// What the author typed, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct CommentSource {
    /// CommonMark as stored.
    pub body_markdown: String,
    /// Who wrote it; `None` for an imported comment nobody can claim.
    pub token_hash: Option<TokenHash>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What a thread's log tells after some place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLog {
    /// The newest entry of the log, whether or not it is among these; `None` while the log is empty.
    pub as_of: Option<ChangeId>,
    /// Whether nothing is missing between the place asked from and these: `false` when the log was cut there.
    pub is_whole: bool,
    /// The entries, in the order of their ids.
    pub entries: Vec<LogEntry>,
}

impl ChangeLog {
    /// Whether the log goes on after these.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.entries.last().is_some_and(|last| Some(last.id) < self.as_of)
    }
}

/// One change of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its place in the log.
    pub id: ChangeId,
    /// What happened.
    pub kind: ChangeKind,
    /// The comment as it stands now, which may be after later changes, and the thread's count now; `None` where the thread itself
    /// changed. Without author and body where it is not listed, and without author id once deleted.
    pub written: Option<Written>,
}

/// What happened in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A comment was written.
    Created,
    /// A comment got another body.
    Edited,
    /// A comment was withdrawn.
    Deleted,
    /// The thread was opened or closed.
    Thread,
}

/// Something in the database changed. What it was, the thread's log tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One thread.
    Thread {
        /// Its site.
        site_id: SiteId,
        /// Its page.
        page_key: String,
    },
    /// Anything: another process wrote, or much was imported.
    Everything,
}

/// What an import brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCount {
    /// Threads that were new.
    pub threads: u64,
    /// Authors that were new.
    pub authors: u64,
    /// Comments that were new.
    pub comments: u64,
    /// Records that were there already.
    pub known: u64,
}
