//! Comments that stand before a story begins, as records of Afterword's own export.

use afterword_wire::{AuthorId, CommentId, Timestamp};
use serde_json::{Value, json};

/// 2026-11-01T08:00:00Z: the first seeded comment's time; each later one is a minute younger.
const BEGUN_AT_MS: i64 = 1_793_520_000_000;
const MINUTE_MS: i64 = 60_000;
const AUTHORS: [&str; 5] = ["Mara", "Jonas Ødegård", "سلمى", "Dee", "O'Neil"];

/// A thread being written. Ids count up, so that a story can name a comment before the browser shows it.
#[derive(Clone)]
pub struct Seed {
    page_key: String,
    is_closed: bool,
    comments: Vec<Value>,
}

impl Seed {
    /// An empty thread of the page with that key.
    #[must_use]
    pub fn thread(page_key: &str) -> Self {
        Self { page_key: page_key.to_owned(), is_closed: false, comments: Vec::new() }
    }

    /// Closes it for new comments.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.is_closed = true;
        self
    }

    /// Adds a comment, in answer to another one or as a root comment.
    pub fn comment(&mut self, parent: Option<CommentId>, body_markdown: &str) -> CommentId {
        let (id, record) = self.record(parent, body_markdown);
        self.comments.push(record);
        id
    }

    /// Adds a comment that its author has withdrawn.
    pub fn deleted_comment(&mut self, parent: Option<CommentId>) -> CommentId {
        let (id, mut record) = self.record(parent, "");
        record["author_name"] = json!("");
        record["deleted_at"] = record["created_at"].clone();
        self.comments.push(record);
        id
    }

    /// Adds that many root comments with texts of 20 to 120 words.
    #[must_use]
    pub fn with_roots(mut self, count: usize) -> Self {
        for number in 0..count {
            let words = 20 + number * 37 % 101;
            self.comment(None, &sentence(number, words));
        }
        self
    }

    /// Adds a chain of replies, each answering the one before, and returns their ids from the root down.
    pub fn chain(&mut self, depth: usize) -> Vec<CommentId> {
        let mut ids: Vec<CommentId> = Vec::with_capacity(depth + 1);
        for level in 0..=depth {
            ids.push(self.comment(ids.last().copied(), &format!("level {level} of a chain")));
        }
        ids
    }

    /// The records, one JSON object a line, parents before replies.
    #[must_use]
    pub fn to_jsonl(&self) -> String {
        let thread = json!({
            "record": "thread", "page_key": self.page_key, "is_closed": self.is_closed,
            "created_at": Timestamp(BEGUN_AT_MS),
        });
        let authors = (0..AUTHORS.len())
            .map(|number| json!({"record": "author", "author_id": author_id(number), "created_at": Timestamp(BEGUN_AT_MS)}));
        let records = std::iter::once(thread).chain(authors).chain(self.comments.iter().cloned());
        records.map(|record| format!("{record}\n")).collect()
    }

    fn record(&self, parent: Option<CommentId>, body_markdown: &str) -> (CommentId, Value) {
        let number = self.comments.len();
        let id = CommentId(number as u64 + 1);
        let mut record = json!({
            "record": "comment", "comment_id": id, "page_key": self.page_key,
            "author_id": author_id(number), "author_name": AUTHORS[number % AUTHORS.len()],
            "moderation_status": "approved",
            "created_at": Timestamp(BEGUN_AT_MS + number as i64 * MINUTE_MS),
            "body_markdown": body_markdown, "body_html": "", "renderer_version": 0,
        });
        if let Some(parent) = parent {
            record["parent_id"] = json!(parent);
        }
        (id, record)
    }
}

fn author_id(number: usize) -> AuthorId {
    AuthorId((number % AUTHORS.len()) as u64 + 1)
}

fn sentence(number: usize, words: usize) -> String {
    const WORDS: [&str; 8] = ["the", "harbour", "was", "quiet", "until", "somebody", "mentioned", "parking"];
    let text: Vec<&str> = (0..words).map(|at| WORDS[(at * 5 + number) % WORDS.len()]).collect();
    format!("Comment {number}: {}.", text.join(" "))
}
