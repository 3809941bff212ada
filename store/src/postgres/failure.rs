//! What PostgreSQL's codes mean to a caller (<https://www.postgresql.org/docs/15/errcodes-appendix.html>).

use sqlx::postgres::PgDatabaseError;

/// Serialization failure, deadlock, lock not had in time; and two processes that made the same row, which the next try will see.
const CONFLICTS: [&str; 4] = ["40001", "40P01", "55P03", "23505"];
const DISK_FULL: &str = "53100";

/// Whether the same transaction may succeed when it is tried again.
pub(crate) fn is_conflict(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| CONFLICTS.contains(&code))
}

/// Whether there was no room on the disk.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    code(error) == Some(DISK_FULL)
}

fn code(error: &sqlx::Error) -> Option<&str> {
    Some(error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?.code())
}
