//! Something to write, and what comes of it.

use crate::{Change, InsertComment, Outcome, SiteId, StoreError};
use afterword_wire::CommentId;
use async_trait::async_trait;

/// Something to write.
#[async_trait]
pub(crate) trait Write<C>: Send + Sync + 'static {
    /// What comes back.
    type Answer: Send + Sync + 'static;

    /// Does it, inside a transaction. After an error nothing of it remains.
    async fn apply(&self, connection: &mut C) -> Result<Applied<Self::Answer>, StoreError>;

    /// What it is about, for a database with many writers, which locks that first.
    fn subject(&self) -> Subject<'_> {
        Subject::Else
    }

    /// The result of a new comment that was written together with others, if this is one.
    fn settled(_inserted: Result<Applied<Outcome>, StoreError>) -> Option<Result<Applied<Self::Answer>, StoreError>> {
        None
    }
}

/// What a write is about.
pub(crate) enum Subject<'a> {
    /// A new comment: what writes with it in one transaction may be gathered.
    NewComment(&'a InsertComment),
    /// A comment that is there.
    Comment(SiteId, CommentId),
    /// Pages of a site; some may come twice.
    Pages(SiteId, Vec<&'a str>),
    /// Nothing that belongs to a thread.
    Else,
}

/// What a write brought about.
pub(crate) struct Applied<T> {
    pub(crate) answer: T,
    pub(crate) change: Option<Change>,
}

impl<T> Applied<T> {
    /// Readers will see a difference.
    pub(crate) fn seen(answer: T, change: Change) -> Self {
        Self { answer, change: Some(change) }
    }

    /// Nothing that readers see has changed.
    pub(crate) fn unseen(answer: T) -> Self {
        Self { answer, change: None }
    }
}
