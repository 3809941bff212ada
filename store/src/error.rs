//! How the store fails.

/// Why a call to the store failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The write is understood and not allowed; nothing changed.
    #[error("refused: {0:?}")]
    Refused(WriteRefusal),
    /// The cursor is not one this listing gave out.
    #[error("the cursor is not of this listing")]
    InvalidCursor,
    /// The disk is full; nothing was written.
    #[error("the disk is full: {0}")]
    Full(String),
    /// The database was made by a newer program.
    #[error("the database has schema version {found}; this program knows up to {known}: use the newer program")]
    NewerSchema {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration this program carries.
        known: i64,
    },
    /// The URL names no database this program can open.
    #[error("{0}")]
    InvalidUrl(String),
    /// Another process wrote the same at the same moment, again and again.
    #[error("another process was faster: {0}")]
    Conflict(String),
    /// The database does not answer, is locked or damaged.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
}

/// Why a write is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefusal {
    /// A site with this slug is there already.
    SiteExists,
    /// The comment answered is not on this page.
    ParentNotFound,
    /// The comment answered was deleted.
    ParentDeleted,
    /// The thread takes no new comments.
    ThreadClosed,
    /// There is no such comment on this site.
    CommentNotFound,
    /// The comment was deleted before.
    CommentDeleted,
    /// The comment is somebody else's.
    NotAuthor,
    /// The time to edit or delete has passed.
    EditWindowOver,
    /// The request id was used before for another write.
    RequestIdReused,
    /// An imported reply names a parent that is not there.
    RecordParentMissing,
    /// An imported record holds a value that cannot be: an id of 0 or above 63 bits, a token hash that is not 64 hexadecimal digits.
    RecordInvalid,
}
