//! Where SQLite's words differ from another database's.

use super::sql::comment_row::comment_columns;
use crate::{SiteId, ThreadId};

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
pub(crate) use {each_number, each_text, greater, is_listed, join};

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
