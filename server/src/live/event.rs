//! What goes over the wire to those who follow a thread: server-sent events.

use crate::failure::{Answer, Failure};
use afterword_store::{ChangeKind, LogEntry};
use afterword_wire::{ChangeId, Written};
use hyper::body::Bytes;
use std::fmt::Write;

/// How long a browser waits by itself before it connects again.
const RETRY_MS: u32 = 3000;
/// Says that the connection lives, to proxies too.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// What stands at the beginning of every stream.
pub(super) fn opening() -> String {
    format!("retry: {RETRY_MS}\n\n")
}

/// Entries of a log as events: one for each comment that changed, as it stands now, in the order of the last changes.
///
/// # Errors
/// `internal` when a comment cannot be written as JSON.
pub(super) fn write_events(entries: &[LogEntry]) -> Answer<String> {
    let mut text = String::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(written) = &entry.written else {
            text += &reset(Some(entry.id));
            continue;
        };
        let id = written.comment.id;
        let is_of_it = |entry: &LogEntry| entry.written.as_ref().is_some_and(|written| written.comment.id == id);
        if entries[at + 1..].iter().any(is_of_it) {
            continue;
        }
        let is_new = entries[..=at].iter().any(|entry| is_of_it(entry) && entry.kind == ChangeKind::Created);
        let data = serde_json::to_string(written).map_err(Failure::internal)?;
        write!(text, "id: {}\nevent: {}\ndata: {data}\n\n", entry.id, name(written, is_new)).map_err(Failure::internal)?;
    }
    Ok(text)
}

/// Tells that more happened than is told: the thread has to be read anew, and followed from there.
pub(super) fn reset(as_of: Option<ChangeId>) -> String {
    let id = as_of.map(|id| id.to_string()).unwrap_or_default();
    format!("id: {id}\nevent: reset\ndata: {{}}\n\n")
}

fn name(written: &Written, is_new: bool) -> &'static str {
    match (written.is_listed && !written.comment.is_deleted(), is_new) {
        (false, _) => "comment-deleted",
        (true, true) => "comment-created",
        (true, false) => "comment-edited",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_wire::{Author, AuthorId, Comment, CommentId, Timestamp};

    fn entry(id: u64, kind: ChangeKind, comment: u64, is_listed: bool) -> LogEntry {
        let author = is_listed.then(|| Author { id: AuthorId(7), name: "Mara".to_owned(), website: None });
        let comment = Comment {
            id: CommentId(comment),
            parent_id: None,
            depth: 0,
            answers_name: None,
            author,
            created_at: Timestamp(0),
            edited_at: None,
            body_html: "<p>a\nb</p>".to_owned(),
            reply_count: 0,
            more: None,
        };
        let written = Written { comment, author_id: AuthorId(7), comment_count: 1, is_listed };
        LogEntry { id: ChangeId(id), kind, written: Some(written) }
    }

    /// Name and place of each event.
    fn heads(entries: &[LogEntry]) -> Vec<(String, String)> {
        let text = write_events(entries).expect("plain comments");
        let events = text.split_terminator("\n\n").map(|event| {
            let lines: Vec<&str> = event.lines().collect();
            assert_eq!(lines.len(), 3, "a line break in the data would end it: {event}");
            let field = |at: usize, name: &str| lines[at].strip_prefix(name).expect(name).to_owned();
            (field(1, "event: "), field(0, "id: "))
        });
        events.collect()
    }

    #[test]
    fn a_comment_that_changed_often_is_told_once_as_it_stands() {
        let entries = [
            entry(1, ChangeKind::Created, 1, true),
            entry(2, ChangeKind::Created, 2, false),
            entry(3, ChangeKind::Edited, 1, true),
            entry(4, ChangeKind::Deleted, 2, false),
            entry(5, ChangeKind::Edited, 3, true),
        ];
        let told = [("comment-created", 3), ("comment-deleted", 4), ("comment-edited", 5)];
        assert_eq!(heads(&entries), told.map(|(name, id)| (name.to_owned(), ChangeId(id).to_string())));
    }

    #[test]
    fn a_change_of_the_thread_itself_asks_for_a_new_reading() {
        let entries = [LogEntry { id: ChangeId(9), kind: ChangeKind::Thread, written: None }];
        assert_eq!(heads(&entries), [("reset".to_owned(), ChangeId(9).to_string())]);
    }
}
