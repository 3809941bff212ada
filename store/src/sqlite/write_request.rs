//! Writes that happened: what makes each happen once.

use super::writer::{Applied, Write};
use crate::{Outcome, SiteId, StoreError, WriteRefusal, WriteRequest};
use afterword_wire::{CommentId, Timestamp, Written};
use async_trait::async_trait;
use sqlx::SqliteConnection;

/// The first answer to a write, if it came before.
///
/// # Errors
/// [`WriteRefusal::RequestIdReused`] when another write came under this id.
pub(super) async fn first_answer(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    request: &WriteRequest,
) -> Result<Option<Outcome>, StoreError> {
    let sql = "SELECT fingerprint, response FROM write_request WHERE site_id = ? AND request_id = ?";
    let row: Option<(Vec<u8>, String)> =
        sqlx::query_as(sql).bind(site_id.0).bind(request.id.as_str()).fetch_optional(connection).await?;
    match row {
        None => Ok(None),
        Some((fingerprint, _)) if fingerprint != request.fingerprint => Err(WriteRefusal::RequestIdReused.into()),
        Some((_, response)) => {
            let written = serde_json::from_str(&response).map_err(|error| unreadable(&error))?;
            Ok(Some(Outcome { written, is_repeated: true }))
        }
    }
}

/// Keeps the answer to a write for its repetitions.
pub(super) async fn remember(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    request: &WriteRequest,
    written: &Written,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO write_request (site_id, request_id, fingerprint, comment_id, response, created_at) VALUES (?, ?, ?, ?, ?, ?)";
    let response = serde_json::to_string(written).map_err(|error| unreadable(&error))?;
    let insert = sqlx::query(sql)
        .bind(site_id.0)
        .bind(request.id.as_str())
        .bind(&request.fingerprint[..])
        .bind(written.comment.id.0.cast_signed())
        .bind(response)
        .bind(now.0);
    insert.execute(connection).await?;
    Ok(())
}

/// Puts the withdrawn comment into every answer kept about it: what its author took back is not handed out again.
pub(super) async fn erase_answers(
    connection: &mut SqliteConnection,
    site_id: SiteId,
    comment_id: CommentId,
    withdrawn: &Written,
) -> Result<(), StoreError> {
    let sql = "UPDATE write_request SET response = ? WHERE site_id = ? AND comment_id = ?";
    let response = serde_json::to_string(withdrawn).map_err(|error| unreadable(&error))?;
    sqlx::query(sql).bind(response).bind(site_id.0).bind(comment_id.0.cast_signed()).execute(connection).await?;
    Ok(())
}

/// Forgets requests used before a time.
pub(super) struct ForgetRequests(pub(super) Timestamp);

#[async_trait]
impl Write for ForgetRequests {
    type Answer = u64;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<u64>, StoreError> {
        let forgotten = sqlx::query("DELETE FROM write_request WHERE created_at < ?").bind(self.0.0).execute(connection).await?;
        Ok(Applied::unseen(forgotten.rows_affected()))
    }
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Unavailable(format!("a kept answer is damaged: {error}"))
}
