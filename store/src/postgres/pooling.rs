//! How transactions begin, with and without a pooler between us and the database.
//!
//! A pooler in transaction mode gives each transaction whatever connection is free, which knows nothing of the statements that we
//! prepared on another, but may know one of the same name. So there each transaction begins by forgetting all, and a statement
//! with parameters stands in a transaction.

use crate::StoreError;
use sqlx::{PgPool, Postgres, Transaction};

/// Whether a pooler in transaction mode stands before the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Every connection is our own.
    None,
    /// Every transaction may have another connection.
    ByTransaction,
}

impl Pooling {
    /// Begins a transaction that writes. Locks are waited for 2 s at most; the setting ends with the transaction.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::None => "BEGIN; SET LOCAL lock_timeout = '2s'",
            Self::ByTransaction => "BEGIN; DEALLOCATE ALL; SET LOCAL lock_timeout = '2s'",
        }
    }

    /// A view of the database at one moment, however many statements read it.
    pub(super) async fn view(self, pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
        let begin = match self {
            Self::None => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Self::ByTransaction => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; DEALLOCATE ALL",
        };
        Ok(pool.begin_with(begin).await?)
    }
}
