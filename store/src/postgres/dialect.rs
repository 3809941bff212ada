//! Where PostgreSQL's words differ from another database's.

use super::sql::comment_row::comment_columns;
use crate::{SiteId, StoreError, ThreadId};
use sha2::{Digest, Sha256};

pub(crate) type Database = sqlx::Postgres;
pub(crate) type Arguments = sqlx::postgres::PgArguments;
pub(crate) type Connection = sqlx::PgConnection;
pub(crate) type Row = sqlx::postgres::PgRow;

/// Whether a comment is listed, as the indexes say it.
macro_rules! is_listed {
    () => {
        "is_listed"
    };
}
/// Joins; the planner finds the order.
macro_rules! join {
    () => {
        "JOIN"
    };
}
/// The greater of two numbers.
macro_rules! greater {
    () => {
        "greatest"
    };
}
/// The numbers of a JSON array as the rows of a table with the column `value`.
macro_rules! each_number {
    ($array:literal, $name:literal) => {
        concat!("(SELECT value::bigint FROM jsonb_array_elements_text(", $array, "::jsonb) AS each (value)) AS ", $name)
    };
}
/// The texts of a JSON array as the rows of a table with the column `value`.
macro_rules! each_text {
    ($array:literal, $name:literal) => {
        concat!("jsonb_array_elements_text(", $array, "::jsonb) AS ", $name, " (value)")
    };
}
/// The objects of a JSON array as the rows of a table with these columns.
macro_rules! each_row {
    ($array:literal, $name:literal, $first:ident $first_type:ident $(, $column:ident $type:ident)*) => {
        concat!(
            "jsonb_to_recordset(", $array, "::jsonb) AS ", $name, " (", stringify!($first), " ", stringify!($first_type),
            $(", ", stringify!($column), " ", stringify!($type),)*
            ")"
        )
    };
}
/// The bytes that a text says in hexadecimal.
macro_rules! from_hex {
    ($text:literal) => {
        concat!("decode(", $text, ", 'hex')")
    };
}
pub(crate) use {each_number, each_row, each_text, from_hex, greater, is_listed, join};

/// The first replies of many parents at once: takes thread, a JSON array of parents, and how many of each at most.
pub(crate) const FIRST_REPLIES: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " FROM ",
    each_number!("$2", "parent"),
    " CROSS JOIN LATERAL (SELECT * FROM comment WHERE thread_id = $1 AND parent_id = parent.value AND is_listed \
     ORDER BY comment_id LIMIT $3) AS comment"
);

/// The id of a new site.
pub(crate) fn site_id_for(slug: &str) -> i64 {
    id_from(&[slug.as_bytes()])
}

/// The id of a page's thread.
pub(crate) fn thread_id_for(site_id: SiteId, page_key: &str) -> i64 {
    id_from(&[&site_id.0.to_be_bytes(), page_key.as_bytes()])
}

/// The id of a new section of a thread.
pub(crate) fn section_id_for(thread_id: ThreadId, first_comment_id: i64) -> i64 {
    id_from(&[&thread_id.0.to_be_bytes(), &first_comment_id.to_be_bytes()])
}

/// Ids for what begins, each made of what it is for.
pub(crate) struct NewNumbers;

impl NewNumbers {
    /// Nothing has to be asked.
    pub(crate) async fn read(_connection: &mut Connection) -> Result<Self, StoreError> {
        Ok(Self)
    }

    /// The id of a new thread.
    pub(crate) fn thread_id(&mut self, site_id: SiteId, page_key: &str) -> i64 {
        thread_id_for(site_id, page_key)
    }

    /// The id of a new section of a thread.
    pub(crate) fn section_id(&mut self, thread_id: ThreadId, first_comment_id: i64) -> i64 {
        section_id_for(thread_id, first_comment_id)
    }
}

/// 63 bits that follow from these bytes and that nothing else has: made without asking the database, the same in every process.
fn id_from(parts: &[&[u8]]) -> i64 {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let digest: [u8; 32] = hash.finalize().into();
    let first = digest.iter().take(8).fold(0, |bits: u64, byte| bits << 8 | u64::from(*byte));
    (first >> 1).cast_signed()
}
