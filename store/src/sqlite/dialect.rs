//! Where SQLite's words differ from another database's.

use super::sql::comment_row::comment_columns;
use crate::{SiteId, StoreError, ThreadId};

pub(crate) type Database = sqlx::Sqlite;
pub(crate) type Arguments = sqlx::sqlite::SqliteArguments;
pub(crate) type Connection = sqlx::SqliteConnection;
pub(crate) type Row = sqlx::sqlite::SqliteRow;

/// Whether a comment is listed, as the indexes say it: SQLite takes an index only for its own words.
macro_rules! is_listed {
    () => {
        "is_listed = 1"
    };
}
/// Joins in the order written.
macro_rules! join {
    () => {
        "CROSS JOIN"
    };
}
/// The greater of two numbers.
macro_rules! greater {
    () => {
        "max"
    };
}
/// The numbers of a JSON array as the rows of a table with the column `value`.
macro_rules! each_number {
    ($array:literal, $name:literal) => {
        concat!("json_each(", $array, ") AS ", $name)
    };
}
/// The texts of a JSON array as the rows of a table with the column `value`.
macro_rules! each_text {
    ($array:literal, $name:literal) => {
        concat!("json_each(", $array, ") AS ", $name)
    };
}
/// The objects of a JSON array as the rows of a table with these columns.
macro_rules! each_row {
    ($array:literal, $name:literal, $first:ident $first_type:ident $(, $column:ident $type:ident)*) => {
        concat!(
            "(SELECT value ->> '", stringify!($first), "' AS ", stringify!($first),
            $(", value ->> '", stringify!($column), "' AS ", stringify!($column),)*
            " FROM json_each(", $array, ")) AS ", $name
        )
    };
}
/// The bytes that a text says in hexadecimal.
macro_rules! from_hex {
    ($text:literal) => {
        concat!("unhex(", $text, ")")
    };
}
pub(crate) use {each_number, each_row, each_text, from_hex, greater, is_listed, join};

/// The first replies of many parents at once: takes thread, a JSON array of parents, and how many of each at most.
pub(crate) const FIRST_REPLIES: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " FROM ",
    each_number!("$2", "parent"),
    " CROSS JOIN comment ON comment.rowid IN (SELECT reply.rowid FROM comment AS reply \
     WHERE reply.thread_id = $1 AND reply.parent_id = parent.value AND reply.is_listed = 1 \
     ORDER BY reply.comment_id LIMIT $3)"
);

/// The id of a new site: SQLite numbers rows by itself.
pub(crate) fn site_id_for(_slug: &str) -> Option<i64> {
    None
}

/// The id of a new thread: SQLite numbers rows by itself.
pub(crate) fn thread_id_for(_site_id: SiteId, _page_key: &str) -> Option<i64> {
    None
}

/// The id of a new section of a thread: SQLite numbers rows by itself.
pub(crate) fn section_id_for(_thread_id: ThreadId, _first_comment_id: i64) -> Option<i64> {
    None
}

/// Ids for what begins in this transaction, which nobody else can take: one writes at a time.
pub(crate) struct NewNumbers {
    last_thread: i64,
    last_section: i64,
}

impl NewNumbers {
    /// Goes on from those that are taken.
    pub(crate) async fn read(connection: &mut Connection) -> Result<Self, StoreError> {
        let sql = "SELECT coalesce((SELECT max(thread_id) FROM thread), 0), \
                   coalesce((SELECT max(section_id) FROM search_section), 0)";
        let (last_thread, last_section) = sqlx::query_as(sql).fetch_one(connection).await?;
        Ok(Self { last_thread, last_section })
    }

    /// The id of a new thread.
    pub(crate) fn thread_id(&mut self, _site_id: SiteId, _page_key: &str) -> i64 {
        self.last_thread += 1;
        self.last_thread
    }

    /// The id of a new section of a thread.
    pub(crate) fn section_id(&mut self, _thread_id: ThreadId, _first_comment_id: i64) -> i64 {
        self.last_section += 1;
        self.last_section
    }
}
