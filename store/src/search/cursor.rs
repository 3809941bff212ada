//! Where a search goes on: opaque to everybody else.

use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;

/// Characters of a cursor: its letter, then two numbers written like ids.
const CHARS: usize = 1 + 2 * NUMBER_CHARS;
const NUMBER_CHARS: usize = 13;
const LETTER: char = 's';

/// The comment before which a search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SearchCursor {
    /// The thread that is searched.
    pub(crate) thread_id: ThreadId,
    /// The comment's id, as a column holds it.
    pub(crate) before: i64,
}

impl SearchCursor {
    /// The text that travels.
    pub(crate) fn encode(self) -> String {
        let written = |number: i64| CommentId(number.cast_unsigned());
        format!("{LETTER}{}{}", written(self.thread_id.0), written(self.before))
    }

    /// The id before which to search: past all without a cursor.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for any text that a search of this thread did not give out.
    pub(crate) fn before(text: Option<&str>, thread_id: Option<ThreadId>) -> Result<i64, StoreError> {
        let Some(text) = text else { return Ok(i64::MAX) };
        let number = |place: usize| {
            let digits = text.get(1 + place * NUMBER_CHARS..1 + (place + 1) * NUMBER_CHARS)?;
            digits.parse::<CommentId>().ok().map(|id| id.0.cast_signed())
        };
        let is_ours = text.len() == CHARS && text.starts_with(LETTER) && number(0) == thread_id.map(|id| id.0);
        number(1).filter(|before| is_ours && *before >= 0).ok_or(StoreError::InvalidCursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURSOR: SearchCursor = SearchCursor { thread_id: ThreadId(7), before: 1 << 60 };

    #[test]
    fn a_cursor_reads_back_what_it_wrote_for_its_thread_only() {
        let text = CURSOR.encode();
        assert_eq!(SearchCursor::before(Some(&text), Some(ThreadId(7))).ok(), Some(1 << 60));
        for other in [None, Some(ThreadId(8))] {
            assert!(SearchCursor::before(Some(&text), other).is_err());
        }
    }

    #[test]
    fn text_that_is_no_cursor_is_refused() {
        let text = CURSOR.encode();
        for text in ["", "s", "é", &text[1..], &format!("{text}0"), &text.replace('s', "o"), &"é".repeat(14), &"s".repeat(27)] {
            assert!(SearchCursor::before(Some(text), Some(ThreadId(7))).is_err(), "{text:?}");
        }
    }
}
