//! How far a read replica must have come before it may answer.
//!
//! Who was told of a change must not be shown what was before, and what is read then is kept in memory. So a replica answers
//! only once it has replayed everything that this process committed or heard of; until then, and when it is gone, the primary does.

use crate::StoreError;
use sqlx::{PgConnection, PgPool, Row};
use std::sync::atomic::{AtomicI64, Ordering};

/// Places in the write-ahead log, as bytes from its beginning.
pub(super) struct Freshness {
    has_replica: bool,
    needed: AtomicI64,
    replayed: AtomicI64,
}

impl Freshness {
    /// Without a replica nothing is asked.
    pub(super) fn new(has_replica: bool) -> Self {
        // Until the first look nothing is known of what came before.
        Self { has_replica, needed: AtomicI64::new(i64::from(has_replica)), replayed: AtomicI64::new(0) }
    }

    /// The primary, over this connection, has what a replica needs to have before it answers.
    pub(super) async fn committed(&self, primary: &mut PgConnection) -> Result<(), StoreError> {
        if self.has_replica {
            let sql = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint";
            let place: i64 = sqlx::raw_sql(sql).fetch_one(primary).await?.try_get(0)?;
            self.needed.fetch_max(place, Ordering::AcqRel);
        }
        Ok(())
    }

    /// Another process's commit was seen on the primary.
    pub(super) async fn committed_elsewhere(&self, primary: &PgPool) -> Result<(), StoreError> {
        if self.has_replica { self.committed(&mut *primary.acquire().await?).await } else { Ok(()) }
    }

    /// Whether the replica has replayed what is needed.
    pub(super) async fn is_fresh(&self, replica: &mut PgConnection) -> Result<bool, StoreError> {
        let needed = self.needed.load(Ordering::Acquire);
        if self.replayed.load(Ordering::Acquire) >= needed {
            return Ok(true);
        }
        let sql = "SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint";
        let place: Option<i64> = sqlx::raw_sql(sql).fetch_one(replica).await?.try_get(0)?;
        // A replica that was promoted has none to tell: it is no longer ours to follow.
        let Some(place) = place else { return Ok(false) };
        self.replayed.fetch_max(place, Ordering::AcqRel);
        Ok(place >= needed)
    }
}
