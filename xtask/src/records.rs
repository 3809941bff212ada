//! Comments to import, written as records of Afterword's own export.

use afterword_wire::{AuthorId, CommentId, Timestamp};
use serde_json::{Value, json};
use std::fmt::Write;

/// 2020-01-01T00:00:00Z and the bits below it: ids are laid out as the server lays them out, ordered by time.
const ID_EPOCH_MS: i64 = 1_577_836_800_000;
const ID_LOW_BITS: u32 = 22;

/// A thread being written, one JSON object a line. Parents come before their replies.
pub struct Records {
    page_key: String,
    lines: String,
    comment_count: u64,
}

/// A comment to write.
#[derive(Default)]
pub struct NewRecord<'a> {
    /// The comment answered.
    pub parent_id: Option<CommentId>,
    /// Number of its author, from [`Records::author`].
    pub author: u64,
    /// Display name; empty once deleted.
    pub author_name: &'a str,
    /// Home page.
    pub author_website: Option<&'a str>,
    /// As typed; empty once deleted.
    pub body_markdown: &'a str,
    /// When it was written, in milliseconds since 1970.
    pub created_at_ms: i64,
    /// When it was changed.
    pub edited_at_ms: Option<i64>,
    /// When it was withdrawn.
    pub deleted_at_ms: Option<i64>,
}

impl Records {
    /// A thread without comments.
    pub fn thread(page_key: &str, page_url: &str, page_title: &str, created_at_ms: i64) -> Self {
        let mut records = Self { page_key: page_key.to_owned(), lines: String::new(), comment_count: 0 };
        records.line(&json!({
            "record": "thread", "page_key": page_key, "page_url": page_url, "page_title": page_title,
            "is_closed": false, "created_at": Timestamp(created_at_ms),
        }));
        records
    }

    /// Adds an author under a number of the caller's choice, from 1.
    pub fn author(&mut self, number: u64, created_at_ms: i64) {
        self.line(&json!({"record": "author", "author_id": author_id(number), "created_at": Timestamp(created_at_ms)}));
    }

    /// Adds a comment. Its body is rendered when it is imported.
    pub fn comment(&mut self, comment: &NewRecord<'_>) -> CommentId {
        self.comment_count += 1;
        let since_epoch_ms = u64::try_from(comment.created_at_ms - ID_EPOCH_MS).unwrap_or(0);
        let id = CommentId(since_epoch_ms << ID_LOW_BITS | self.comment_count);
        let mut record = json!({
            "record": "comment", "comment_id": id, "page_key": self.page_key,
            "author_id": author_id(comment.author), "author_name": comment.author_name,
            "moderation_status": "approved", "created_at": Timestamp(comment.created_at_ms),
            "body_markdown": comment.body_markdown, "body_html": "", "renderer_version": 0,
        });
        let optional = [
            ("parent_id", comment.parent_id.map(|id| json!(id))),
            ("author_website", comment.author_website.map(|website| json!(website))),
            ("edited_at", comment.edited_at_ms.map(|at| json!(Timestamp(at)))),
            ("deleted_at", comment.deleted_at_ms.map(|at| json!(Timestamp(at)))),
        ];
        for (field, value) in optional {
            if let Some(value) = value {
                record[field] = value;
            }
        }
        self.line(&record);
        id
    }

    /// All of it, as `afterword import jsonl` reads it.
    pub fn as_jsonl(&self) -> &str {
        &self.lines
    }

    fn line(&mut self, record: &Value) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.lines, "{record}");
    }
}

/// Spreads small numbers over the colours that avatars take from the id.
fn author_id(number: u64) -> AuthorId {
    AuthorId((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_is_one_line_and_later_comments_have_greater_ids() {
        let mut records = Records::thread("/a", "https://a.example/a", "A", 1_700_000_000_000);
        records.author(1, 1_700_000_000_000);
        let comment = |created_at_ms| NewRecord {
            author: 1,
            author_name: "Mara",
            body_markdown: "a\nb",
            created_at_ms,
            ..NewRecord::default()
        };
        let first = records.comment(&comment(1_700_000_000_000));
        let second = records.comment(&NewRecord { parent_id: Some(first), ..comment(1_700_000_000_001) });
        assert!(first < second);
        assert_eq!(records.as_jsonl().lines().count(), 4);
        assert!(records.as_jsonl().lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    }
}
