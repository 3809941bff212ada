//! The whole of a database as rows that any database can keep: what `afterword move` carries.
//!
//! Sites are known by their slugs and threads by their pages, because their ids are each database's own. Everything else travels as
//! it lies in its table. What follows from other rows, the search index, is made anew.

use crate::StoreError;
use Kind::{Bytes, Number, Text, Truth};
use async_trait::async_trait;
use serde_json::{Map, Value};

/// One row by the names of its columns: numbers, texts, truth values, bytes in hexadecimal.
pub type MovedRow = Map<String, Value>;

/// A table that is moved, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MovedTable {
    /// Sites, by slug.
    Site,
    /// A site's threads with their counters, by page key.
    Thread,
    /// A site's authors with the hashes of their device secrets, by id.
    Author,
    /// A site's comments, by id.
    Comment,
    /// A site's remembered requests with their answers, by id.
    WriteRequest,
    /// A thread's log of changes, by id.
    Change,
}

/// Where rows belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovedScope {
    /// The site; empty for the sites themselves.
    pub slug: String,
    /// The page, for rows of one thread.
    pub page_key: Option<String>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Text,
    Truth,
    Bytes,
}

/// How a table's rows are read and written.
pub(crate) struct Layout {
    pub(crate) table: &'static str,
    /// The column that tells rows of one scope apart, and orders them.
    pub(crate) key: (&'static str, Kind),
    /// The other columns.
    pub(crate) columns: &'static [(&'static str, Kind)],
}

impl MovedTable {
    /// The column that orders its rows.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.layout().key.0
    }

    pub(crate) fn layout(self) -> &'static Layout {
        match self {
            Self::Site => &SITE,
            Self::Thread => &THREAD,
            Self::Author => &AUTHOR,
            Self::Comment => &COMMENT,
            Self::WriteRequest => &WRITE_REQUEST,
            Self::Change => &CHANGE,
        }
    }
}

const SITE: Layout = Layout {
    table: "site",
    key: ("slug", Text),
    columns: &[("origins", Text), ("edit_window_s", Number), ("created_at", Number)],
};

const THREAD: Layout = Layout {
    table: "thread",
    key: ("page_key", Text),
    columns: &[
        ("page_url", Text),
        ("page_title", Text),
        ("is_closed", Truth),
        ("comment_count", Number),
        ("root_count", Number),
        ("created_at", Number),
    ],
};

const AUTHOR: Layout =
    Layout { table: "author", key: ("author_id", Number), columns: &[("token_hash", Bytes), ("created_at", Number)] };

const COMMENT: Layout = Layout {
    table: "comment",
    key: ("comment_id", Number),
    columns: &[
        ("parent_id", Number),
        ("depth", Number),
        ("author_id", Number),
        ("author_name", Text),
        ("author_email", Text),
        ("author_website", Text),
        ("answers_name", Text),
        ("moderation_status", Text),
        ("is_listed", Truth),
        ("reply_count", Number),
        ("created_at", Number),
        ("edited_at", Number),
        ("deleted_at", Number),
        ("renderer_version", Number),
        ("body_markdown", Text),
        ("body_html", Text),
    ],
};

const WRITE_REQUEST: Layout = Layout {
    table: "write_request",
    key: ("request_id", Text),
    columns: &[("fingerprint", Bytes), ("comment_id", Number), ("response", Text), ("created_at", Number)],
};

const CHANGE: Layout = Layout { table: "change", key: ("change_id", Number), columns: &[("comment_id", Number), ("kind", Text)] };

/// The whole database as it was at one moment, whatever is written meanwhile.
#[async_trait]
pub trait WholeView: Send {
    /// The next rows of a table within a scope after a key, in the order of their keys; comments carry their `page_key`. Empty at
    /// the end, and for a scope that is not there.
    async fn rows(
        &mut self,
        table: MovedTable,
        scope: &MovedScope,
        after: Option<&Value>,
        limit: u32,
    ) -> Result<Vec<MovedRow>, StoreError>;
}

/// Rows that were read elsewhere, to be written as they are.
#[derive(Clone, Debug)]
pub struct MovedRows {
    /// Their table.
    pub table: MovedTable,
    /// Where they belong; the site, and for changes the thread, must be there.
    pub scope: MovedScope,
    /// Rows that are new or differ.
    pub put: Vec<MovedRow>,
    /// Keys of rows that are no more.
    pub gone: Vec<Value>,
}
