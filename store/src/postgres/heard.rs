//! What is heard of other processes' commits.

use crate::{Change, SiteId};
use std::collections::HashMap;

/// A commit of another process.
#[derive(Debug, PartialEq)]
pub(super) struct Heard {
    pub(super) writer_id: String,
    pub(super) number: i64,
    /// JSON of what changed; `None` where it must be read from the table.
    pub(super) changes: Option<String>,
}

impl Heard {
    /// The text of a notification.
    pub(super) fn notice(writer_id: &str, number: i64, changes: &str) -> String {
        format!("{writer_id} {number} {changes}")
    }

    /// Reads a notification; `None` when it is none of ours.
    pub(super) fn parse(notice: &str) -> Option<Self> {
        let mut words = notice.splitn(3, ' ');
        let (writer_id, number, changes) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
        let changes = Some(changes.to_owned()).filter(|changes| !changes.is_empty());
        Some(Self { writer_id: writer_id.to_owned(), number, changes })
    }
}

/// What a commit changed, from its JSON. What cannot be read, a newer program's perhaps, may be anything.
pub(super) fn changes_of(json: &str) -> Vec<Change> {
    match serde_json::from_str::<Option<Vec<(i64, String)>>>(json) {
        Ok(Some(pages)) => {
            pages.into_iter().map(|(site_id, page_key)| Change::Thread { site_id: SiteId(site_id), page_key }).collect()
        }
        Ok(None) | Err(_) => vec![Change::Everything],
    }
}

/// How far each process's commits are known.
#[derive(Default)]
pub(super) struct Marks(HashMap<String, i64>);

/// What a number means to who knows the ones before.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Known.
    Old,
    /// The next one.
    Next,
    /// Some before it were missed.
    Gap,
}

impl Marks {
    /// The newest commit known of a process; 0 when it is new.
    pub(super) fn of(&self, writer_id: &str) -> i64 {
        self.0.get(writer_id).copied().unwrap_or(0)
    }

    /// What a commit's number means.
    pub(super) fn step(&self, writer_id: &str, number: i64) -> Step {
        match number - self.of(writer_id) {
            ..=0 => Step::Old,
            1 => Step::Next,
            2.. => Step::Gap,
        }
    }

    /// Everything up to there is known.
    pub(super) fn set(&mut self, writer_id: &str, number: i64) {
        self.0.insert(writer_id.to_owned(), number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_reads_back_whatever_the_page_is_called() {
        let page_key = "/it's a \"page\" \\ with 3 spaces".to_owned();
        let json = serde_json::json!([(7, &page_key)]).to_string();
        let heard = Heard::parse(&Heard::notice("abc", 12, &json)).expect("ours");
        assert_eq!((heard.writer_id.as_str(), heard.number), ("abc", 12));
        let changes = changes_of(&heard.changes.expect("short enough"));
        assert_eq!(changes, [Change::Thread { site_id: SiteId(7), page_key }]);
    }

    #[test]
    fn a_notification_without_its_changes_says_that_they_are_to_be_read() {
        assert_eq!(Heard::parse(&Heard::notice("abc", 1, "")).expect("ours").changes, None);
        assert_eq!(Heard::parse("something else"), None);
    }

    #[test]
    fn what_cannot_be_read_is_taken_for_everything() {
        for json in ["null", "{}", "[1]", ""] {
            assert_eq!(changes_of(json), [Change::Everything], "{json:?}");
        }
    }

    #[test]
    fn a_gap_between_two_numbers_shows() {
        let mut marks = Marks::default();
        assert_eq!(marks.step("abc", 1), Step::Next);
        marks.set("abc", 1);
        assert_eq!([1, 2, 3].map(|number| marks.step("abc", number)), [Step::Old, Step::Next, Step::Gap]);
    }
}
