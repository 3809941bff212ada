//! One imported comment.

use super::comment_row::{CommentRow, find_comment_in_thread, parent_column};
use super::dialect::Connection;
use super::place::Place;
use crate::{CommentRecord, ModerationStatus, SiteId, StoreError, ThreadId, WriteRefusal};
use afterword_wire::{Comment, CommentId};

/// Refuses ids that cannot be ours: 0 stands for "no parent" in the tables, and 63 bits are all a column holds.
pub(crate) fn check_id(comment_id: CommentId) -> Result<(), StoreError> {
    if comment_id.0 == 0 || comment_id.0 > i64::MAX.cast_unsigned() {
        return Err(WriteRefusal::RecordInvalid.into());
    }
    Ok(())
}

/// Whether readers may come to what stands below this comment: it and all above it are approved.
pub(crate) async fn is_reachable(connection: &mut Connection, row: CommentRow) -> Result<bool, StoreError> {
    let mut row = row;
    while !row.is_listed {
        if !row.is_approved {
            return Ok(false);
        }
        let Some(parent_id) = row.comment.parent_id else {
            return Ok(true);
        };
        row = find_comment_in_thread(connection, row.thread_id, parent_id).await?;
    }
    Ok(true)
}

/// The row of a record as far as replies to it must know it.
pub(crate) fn row_of(record: &CommentRecord, thread_id: ThreadId, place: Place, is_listed: bool) -> CommentRow {
    let is_kept = record.deleted_at.is_none();
    CommentRow {
        thread_id,
        author_id: record.author_id,
        author_name: if is_kept { record.author_name.clone() } else { String::new() },
        is_approved: record.moderation_status == ModerationStatus::Approved,
        is_listed,
        comment: Comment {
            id: record.comment_id,
            parent_id: place.parent_id,
            depth: place.depth,
            answers_name: place.answers_name,
            author: None,
            created_at: record.created_at,
            edited_at: record.edited_at,
            body_html: String::new(),
            reply_count: 0,
            more: None,
        },
    }
}

/// Writes the row of a record.
pub(crate) async fn insert_record(
    connection: &mut Connection,
    site_id: SiteId,
    thread_id: ThreadId,
    record: &CommentRecord,
    place: &Place,
    is_listed: bool,
) -> Result<(), StoreError> {
    let is_kept = record.deleted_at.is_none();
    let kept = |text: &Option<String>| text.clone().filter(|_| is_kept);
    let kept_text = |text: &str| if is_kept { text.to_owned() } else { String::new() };
    let sql = "INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, \
               author_website, answers_name, moderation_status, is_listed, created_at, edited_at, deleted_at, renderer_version, \
               body_markdown, body_html) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    let insert = sqlx::query(sql)
        .bind(site_id.0)
        .bind(thread_id.0)
        .bind(record.comment_id.0.cast_signed())
        .bind(parent_column(place.parent_id))
        .bind(i64::from(place.depth))
        .bind(record.author_id.0.cast_signed())
        .bind(kept_text(&record.author_name))
        .bind(kept(&record.author_email))
        .bind(kept(&record.author_website))
        .bind(&place.answers_name)
        .bind(status_word(record.moderation_status))
        .bind(is_listed)
        .bind(record.created_at.0)
        .bind(record.edited_at.map(|at| at.0))
        .bind(record.deleted_at.map(|at| at.0))
        .bind(i64::from(record.renderer_version))
        .bind(kept_text(&record.body_markdown))
        .bind(kept_text(&record.body_html));
    insert.execute(connection).await?;
    Ok(())
}

/// The word for a status in the table.
pub(crate) fn status_word(status: ModerationStatus) -> &'static str {
    match status {
        ModerationStatus::Pending => "pending",
        ModerationStatus::Approved => "approved",
        ModerationStatus::Rejected => "rejected",
        ModerationStatus::Spam => "spam",
    }
}

/// The status a word stands for; what is not known waits for a moderator.
pub(crate) fn status_of(word: &str) -> ModerationStatus {
    match word {
        "approved" => ModerationStatus::Approved,
        "rejected" => ModerationStatus::Rejected,
        "spam" => ModerationStatus::Spam,
        _ => ModerationStatus::Pending,
    }
}
