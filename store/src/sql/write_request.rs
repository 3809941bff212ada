//! Writes that happened: what makes each happen once.

use super::dialect::Connection;
use crate::writer::{Applied, Write};
use crate::{Outcome, SiteId, StoreError, WriteRefusal, WriteRequest};
use afterword_wire::{CommentId, Timestamp, Written};
use async_trait::async_trait;

/// The answer kept of a write, and which write it was.
pub(crate) struct KeptAnswer {
    pub(crate) fingerprint: Vec<u8>,
    /// JSON of a [`Written`].
    pub(crate) response: String,
}

impl KeptAnswer {
    /// Of a write that has just happened.
    pub(crate) fn new(request: &WriteRequest, written: &Written) -> Result<Self, StoreError> {
        let response = serde_json::to_string(written).map_err(|error| unreadable(&error))?;
        Ok(Self { fingerprint: request.fingerprint.to_vec(), response })
    }

    /// The first answer again.
    ///
    /// # Errors
    /// [`WriteRefusal::RequestIdReused`] when another write came under this id.
    pub(crate) fn to(&self, request: &WriteRequest) -> Result<Outcome, StoreError> {
        if self.fingerprint != request.fingerprint {
            return Err(WriteRefusal::RequestIdReused.into());
        }
        let written = serde_json::from_str(&self.response).map_err(|error| unreadable(&error))?;
        Ok(Outcome { written, is_repeated: true })
    }
}

/// The first answer to a write, if it came before.
///
/// # Errors
/// [`WriteRefusal::RequestIdReused`] when another write came under this id.
pub(crate) async fn first_answer(
    connection: &mut Connection,
    site_id: SiteId,
    request: &WriteRequest,
) -> Result<Option<Outcome>, StoreError> {
    let sql = "SELECT fingerprint, response FROM write_request WHERE site_id = $1 AND request_id = $2";
    let row: Option<(Vec<u8>, String)> =
        sqlx::query_as(sql).bind(site_id.0).bind(request.id.as_str()).fetch_optional(connection).await?;
    row.map(|(fingerprint, response)| KeptAnswer { fingerprint, response }.to(request)).transpose()
}

/// Keeps the answer to a write for its repetitions.
pub(crate) async fn remember(
    connection: &mut Connection,
    site_id: SiteId,
    request: &WriteRequest,
    written: &Written,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO write_request (site_id, request_id, fingerprint, comment_id, response, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let kept = KeptAnswer::new(request, written)?;
    let insert = sqlx::query(sql)
        .bind(site_id.0)
        .bind(request.id.as_str())
        .bind(kept.fingerprint)
        .bind(written.comment.id.0.cast_signed())
        .bind(kept.response)
        .bind(now.0);
    insert.execute(connection).await?;
    Ok(())
}

/// Puts the withdrawn comment into every answer kept about it: what its author took back is not handed out again.
pub(crate) async fn erase_answers(
    connection: &mut Connection,
    site_id: SiteId,
    comment_id: CommentId,
    withdrawn: &Written,
) -> Result<(), StoreError> {
    let sql = "UPDATE write_request SET response = $1 WHERE site_id = $2 AND comment_id = $3";
    let response = serde_json::to_string(withdrawn).map_err(|error| unreadable(&error))?;
    sqlx::query(sql).bind(response).bind(site_id.0).bind(comment_id.0.cast_signed()).execute(connection).await?;
    Ok(())
}

/// Forgets requests used before a time.
pub(crate) struct ForgetRequests(pub(crate) Timestamp);

#[async_trait]
impl Write<Connection> for ForgetRequests {
    type Answer = u64;

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<u64>, StoreError> {
        let forgotten = sqlx::query("DELETE FROM write_request WHERE created_at < $1").bind(self.0.0).execute(connection).await?;
        Ok(Applied::unseen(forgotten.rows_affected()))
    }
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Unavailable(format!("a kept answer is damaged: {error}"))
}
