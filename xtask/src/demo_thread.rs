//! The thread under the demo's article, with times that count back from now.

use crate::records::{NewRecord, Records};
use afterword_wire::CommentId;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::collections::HashMap;

const COMMENTS: &str = include_str!("../demo/comments.json");
const MINUTE_MS: i64 = 60_000;

#[derive(Deserialize)]
struct DemoThread {
    authors: Vec<DemoAuthor>,
    comments: Vec<DemoComment>,
}

#[derive(Deserialize)]
struct DemoAuthor {
    key: u64,
    name: String,
    website: Option<String>,
}

#[derive(Deserialize)]
struct DemoComment {
    key: u64,
    parent: Option<u64>,
    author: Option<u64>,
    minutes_ago: i64,
    body: String,
    deleted: bool,
    edited_minutes_ago: Option<i64>,
}

/// Number of the author of comments that name none, because they are deleted.
const NOBODY: u64 = 0;

/// The records of the thread for the article's page.
///
/// # Errors
/// `demo/comments.json` names a parent or an author that it does not hold.
pub fn records(page_key: &str, page_url: &str, page_title: &str, now_ms: i64) -> anyhow::Result<Records> {
    let thread: DemoThread = serde_json::from_str(COMMENTS).context("xtask/demo/comments.json")?;
    let ago = |minutes: i64| now_ms - minutes * MINUTE_MS;
    let oldest = thread.comments.iter().map(|comment| comment.minutes_ago).max().unwrap_or(0);
    let mut records = Records::thread(page_key, page_url, page_title, ago(oldest));
    for author in std::iter::once(NOBODY).chain(thread.authors.iter().map(|author| author.key)) {
        records.author(author, ago(oldest));
    }
    let mut ids: HashMap<u64, CommentId> = HashMap::new();
    for comment in &thread.comments {
        let parent_id = comment.parent.map(|parent| ids.get(&parent).copied());
        ensure!(parent_id != Some(None), "comment {} of the demo answers one that does not stand before it", comment.key);
        let author = thread.authors.iter().find(|author| Some(author.key) == comment.author);
        ensure!(author.is_some() || comment.deleted, "comment {} of the demo has no author", comment.key);
        let id = records.comment(&NewRecord {
            parent_id: parent_id.flatten(),
            author: author.map_or(NOBODY, |author| author.key),
            author_name: author.map_or("", |author| &author.name),
            author_website: author.and_then(|author| author.website.as_deref()),
            body_markdown: &comment.body,
            created_at_ms: ago(comment.minutes_ago),
            edited_at_ms: comment.edited_minutes_ago.map(ago),
            deleted_at_ms: comment.deleted.then(|| ago(comment.minutes_ago - 1)),
        });
        ids.insert(comment.key, id);
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_thread_can_be_written() {
        let records = records("/a", "http://localhost/a", "A", 1_800_000_000_000).unwrap();
        let comments = records.as_jsonl().lines().filter(|line| line.contains("\"record\":\"comment\"")).count();
        assert_eq!(comments, 17);
    }
}
