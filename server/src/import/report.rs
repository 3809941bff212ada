//! What an import found, for the operator.

use core::fmt;

/// What was found in a file. The file alone decides it: what the database knew already is counted apart, in [`KnownCount`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pages with comments.
    pub threads: u64,
    /// Comments to store, placeholders of deleted ones included.
    pub comments: u64,
    /// Of these, held for a moderator.
    pub pending: u64,
    /// Of these, spam.
    pub spam: u64,
    /// Of these, rejected by a moderator.
    pub rejected: u64,
    /// Of these, deleted ones that stay as placeholders above their replies.
    pub deleted: u64,
    /// Deleted comments without replies: nothing of them is kept.
    pub deleted_skipped: u64,
    /// Pingbacks and trackbacks: not comments.
    pub pingbacks_skipped: u64,
    /// Entries of other kinds, as shops and plugins keep them.
    pub others_skipped: u64,
    /// Replies whose parent is not in the file; they became root comments.
    pub orphans: u64,
    /// Bodies cut at [`afterword_wire::limits::MAX_IMPORTED_BODY_CHARS`].
    pub bodies_cut: u64,
}

/// What of a file the database knew before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KnownCount {
    /// Threads already there.
    pub threads: u64,
    /// Comments already there.
    pub comments: u64,
}

impl Report {
    /// The report as lines for a terminal; `verb` says whether it happened (`imported`) or would (`would be imported`).
    #[must_use]
    pub fn describe(&self, known: KnownCount, verb: &str) -> String {
        let mut text = String::new();
        let mut line = |count: u64, words: fmt::Arguments<'_>| text.push_str(&format!("{count:>9}  {words}\n"));
        line(self.threads - known.threads.min(self.threads), format_args!("threads {verb}"));
        line(self.comments - known.comments.min(self.comments), format_args!("comments {verb}"));
        line(known.comments, format_args!("comments already there"));
        line(self.pending, format_args!("pending: held for a moderator"));
        for (count, words) in [
            (self.spam, "spam: kept, not shown"),
            (self.rejected, "rejected: kept, not shown"),
            (self.bodies_cut, "bodies cut: longer than a comment may be"),
        ] {
            if count > 0 {
                line(count, format_args!("{words}"));
            }
        }
        line(self.deleted, format_args!("deleted: kept as placeholders above their replies"));
        line(self.deleted_skipped, format_args!("deleted without replies: skipped"));
        line(self.pingbacks_skipped, format_args!("pingbacks and trackbacks: skipped"));
        if self.others_skipped > 0 {
            line(self.others_skipped, format_args!("entries that are no comments: skipped"));
        }
        line(self.orphans, format_args!("replies whose parent is missing: made root comments"));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_already_is_not_reported_as_imported() {
        let report = Report { threads: 2, comments: 7, orphans: 1, ..Report::default() };
        let text = report.describe(KnownCount { threads: 1, comments: 5 }, "imported");
        assert!(text.contains("        1  threads imported\n"), "{text}");
        assert!(text.contains("        2  comments imported\n"), "{text}");
        assert!(text.contains("        5  comments already there\n"), "{text}");
        assert!(text.contains("        1  replies whose parent is missing: made root comments\n"), "{text}");
        assert!(!text.contains("spam"), "{text}");
    }
}
