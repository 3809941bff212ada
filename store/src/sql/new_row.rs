//! What is asked of, and written for, new comments, as rows that a database takes in one parameter: a JSON array of objects.

use super::comment_row::parent_column;
use super::search_index::Findable;
use crate::{InsertComment, ThreadId};
use afterword_wire::{AuthorId, Written};
use serde::Serialize;
use std::fmt::Write as _;

/// What is looked up for a new comment.
#[derive(Serialize)]
pub(crate) struct Asked<'a> {
    /// Its place among those written together.
    place: usize,
    site_id: i64,
    request_id: &'a str,
    page_key: &'a str,
    parent_id: i64,
    token_hash: String,
}

impl<'a> Asked<'a> {
    /// By the write at a place.
    pub(crate) fn by((place, write): (usize, &&'a InsertComment)) -> Self {
        Self {
            place,
            site_id: write.site.id.0,
            request_id: write.request.id.as_str(),
            page_key: &write.page_key,
            parent_id: parent_column(write.parent_id),
            token_hash: hex(&write.token_hash.0),
        }
    }
}

/// A comment that will be written.
pub(crate) struct NewRow<'a> {
    pub(crate) write: &'a InsertComment,
    pub(crate) thread_id: ThreadId,
    pub(crate) written: Written,
    pub(crate) change_id: i64,
    /// The section it is found in; `None` where its turn to be taken in has not come.
    pub(crate) section_id: Option<i64>,
}

impl NewRow<'_> {
    /// What of it can be found, and in which section.
    pub(crate) fn findable(&self) -> Option<(Findable<'_>, i64)> {
        let (author_name, body_html) = (self.write.author_name.as_str(), self.write.body_html.as_str());
        let comment = Findable { thread_id: self.thread_id, comment_id: self.written.comment.id, author_name, body_html };
        Some((comment, self.section_id?))
    }
}

/// An author that will be written: the write by which the device came.
pub(crate) struct NewAuthor<'a> {
    pub(crate) write: &'a InsertComment,
    pub(crate) author_id: AuthorId,
}

/// Everything a new comment leaves in tables of its own rows.
#[derive(Serialize)]
pub(crate) struct NewColumns<'a> {
    site_id: i64,
    thread_id: i64,
    comment_id: i64,
    parent_id: i64,
    depth: u16,
    author_id: i64,
    author_name: &'a str,
    author_email: Option<&'a str>,
    author_website: Option<&'a str>,
    answers_name: Option<&'a str>,
    created_at: i64,
    renderer_version: u32,
    body_markdown: &'a str,
    body_html: &'a str,
}

impl<'a> NewColumns<'a> {
    /// Of a comment as it was decided about.
    pub(crate) fn of(row: &'a NewRow<'_>) -> Self {
        let (write, comment) = (row.write, &row.written.comment);
        Self {
            site_id: write.site.id.0,
            thread_id: row.thread_id.0,
            comment_id: comment.id.0.cast_signed(),
            parent_id: parent_column(comment.parent_id),
            depth: comment.depth,
            author_id: row.written.author_id.0.cast_signed(),
            author_name: &write.author_name,
            author_email: write.author_email.as_deref(),
            author_website: write.author_website.as_deref(),
            answers_name: comment.answers_name.as_deref(),
            created_at: write.now.0,
            renderer_version: write.renderer_version,
            body_markdown: &write.body_markdown,
            body_html: &write.body_html,
        }
    }
}

/// Rows as one parameter.
pub(crate) fn as_json<T: Serialize>(rows: impl Iterator<Item = T>) -> String {
    let rows: Vec<T> = rows.collect();
    // Numbers, texts and nothing else: these can always be written.
    serde_json::to_string(&rows).unwrap_or_default()
}

/// Bytes as JSON can carry them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
