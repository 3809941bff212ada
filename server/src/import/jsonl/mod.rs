//! Our own export: one [`Record`] a line, nothing lost.
//!
//! Who can write a file can write anything into it, so every field passes the same cleaning as if it were typed, and the rendered
//! body is not read at all. What we wrote ourselves comes out of that as it went in, byte for byte.

mod check;

use super::metered::Metered;
use super::{ImportError, Report, Sink};
use afterword_store::{CommentRecord, ModerationStatus, Record};
use afterword_wire::CommentId;
use std::collections::{HashMap, HashSet};
use std::io::BufRead;

/// Longest line: a body of the greatest length, every character escaped, and its HTML.
const MAX_LINE_BYTES: usize = 4 << 20;
/// Most replies that may stand before their parents.
const MAX_WAITING: usize = 10_000;

/// Reads an export and hands its records to `sink`.
///
/// # Errors
/// A line is no record, longer than any, or holds what no comment may; a parent is missing; or `sink` refuses.
pub(super) fn read(reader: impl BufRead, sink: &mut Sink<'_>) -> Result<Report, ImportError> {
    let mut reader = Metered::new(reader, MAX_LINE_BYTES);
    let mut reading = Reading::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        reader.begin_piece();
        let number = reader.line();
        let at = |message: String| ImportError::at_line(number, message);
        let count = reader.read_until(b'\n', &mut line).map_err(|error| at(error.to_string()))?;
        if count == 0 {
            return reading.finish();
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record: Record = serde_json::from_slice(&line).map_err(|error| at(describe(&error)))?;
        let record = check::checked(record).map_err(at)?;
        reading.take(record, number, sink)?;
    }
}

/// What serde says, without its own line number: each line is a document of its own to it.
fn describe(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text);
    format!("not a record of an Afterword export: {reason} (byte {})", error.column())
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    report: Report,
    page_keys: HashSet<String>,
    pages_of_comments: HashMap<CommentId, u32>,
    page_numbers: HashMap<String, u32>,
    /// Replies by the parent they wait for: a clock that went back gives a reply the smaller id, and exports go by id.
    waiting: HashMap<CommentId, Vec<(u64, CommentRecord)>>,
    waiting_count: usize,
}

impl Reading {
    fn take(&mut self, record: Record, line: u64, sink: &mut Sink<'_>) -> Result<(), ImportError> {
        match record {
            Record::Comment(comment) => self.take_comment(comment, line, sink),
            Record::Thread(thread) => {
                if self.page_keys.insert(thread.page_key.clone()) {
                    self.report.threads += 1;
                }
                sink(Record::Thread(thread))
            }
            Record::Author(author) => sink(Record::Author(author)),
        }
    }

    fn take_comment(&mut self, comment: CommentRecord, line: u64, sink: &mut Sink<'_>) -> Result<(), ImportError> {
        let mut ready = vec![(line, comment)];
        while let Some((line, comment)) = ready.pop() {
            let page = self.page_number(&comment.page_key);
            match comment.parent_id.map(|parent_id| (parent_id, self.pages_of_comments.get(&parent_id))) {
                Some((parent_id, Some(parents_page))) if *parents_page != page => {
                    return Err(ImportError::at_line(line, format!("the parent {parent_id} stands under another page")));
                }
                Some((parent_id, None)) => self.wait(parent_id, line, comment)?,
                _ => {
                    self.pages_of_comments.insert(comment.comment_id, page);
                    self.count(&comment);
                    let replies = self.waiting.remove(&comment.comment_id).unwrap_or_default();
                    self.waiting_count -= replies.len();
                    ready.extend(replies.into_iter().rev());
                    sink(Record::Comment(comment))?;
                }
            }
        }
        Ok(())
    }

    fn wait(&mut self, parent_id: CommentId, line: u64, comment: CommentRecord) -> Result<(), ImportError> {
        self.waiting_count += 1;
        self.waiting.entry(parent_id).or_default().push((line, comment));
        if self.waiting_count > MAX_WAITING {
            return Err(self.parent_missing());
        }
        Ok(())
    }

    fn page_number(&mut self, page_key: &str) -> u32 {
        let next = u32::try_from(self.page_numbers.len()).unwrap_or(u32::MAX);
        match self.page_numbers.get(page_key) {
            Some(number) => *number,
            None => *self.page_numbers.entry(page_key.to_owned()).or_insert(next),
        }
    }

    fn count(&mut self, comment: &CommentRecord) {
        let report = &mut self.report;
        report.comments += 1;
        report.deleted += u64::from(comment.deleted_at.is_some());
        match comment.moderation_status {
            ModerationStatus::Pending => report.pending += 1,
            ModerationStatus::Rejected => report.rejected += 1,
            ModerationStatus::Spam => report.spam += 1,
            ModerationStatus::Approved => {}
        }
        if self.page_keys.insert(comment.page_key.clone()) {
            report.threads += 1;
        }
    }

    fn parent_missing(&self) -> ImportError {
        let first =
            self.waiting.iter().flat_map(|(parent_id, replies)| replies.iter().map(move |(line, _)| (*line, *parent_id))).min();
        match first {
            Some((line, parent_id)) => ImportError::at_line(line, format!("the parent {parent_id} is not in the file")),
            None => ImportError::new("a parent is not in the file"),
        }
    }

    fn finish(self) -> Result<Report, ImportError> {
        if self.waiting.is_empty() { Ok(self.report) } else { Err(self.parent_missing()) }
    }
}
