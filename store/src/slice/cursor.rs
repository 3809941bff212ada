//! Where a listing goes on: opaque to everybody else.

use crate::StoreError;
use afterword_wire::{CommentId, Sort};

/// Which listing a cursor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Siblings {
    /// Root comments of a thread.
    Roots(Sort),
    /// Direct replies of a comment.
    Replies,
}

/// Which way a listing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// In reading order.
    Onward,
    /// Back towards the first.
    Back,
}

/// `shown` of a listing that did not begin at the first sibling: nobody counted those before.
pub(crate) const NOT_COUNTED: u32 = u32::MAX;

/// The last sibling shown, and how many were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The listing it belongs to.
    pub(crate) siblings: Siblings,
    /// The thread or the comment whose siblings are listed.
    pub(crate) owner: u64,
    /// Which way.
    pub(crate) direction: Direction,
    /// The last sibling shown that way; 0 before the first.
    pub(crate) comment_id: CommentId,
    /// Its replies, where they are the sort key; 0 elsewhere.
    pub(crate) reply_count: u32,
    /// How many siblings were shown up to it, so that nobody counts them again; or [`NOT_COUNTED`].
    pub(crate) shown: u32,
}

/// Characters of a cursor: the listing's letter, then three numbers written like ids.
const CHARS: usize = 1 + 3 * NUMBER_CHARS;
const NUMBER_CHARS: usize = 13;

impl Cursor {
    /// The text that travels.
    pub(crate) fn encode(&self) -> String {
        let numbers = [self.owner, self.comment_id.0, u64::from(self.reply_count) << 32 | u64::from(self.shown)];
        numbers
            .iter()
            .fold(String::from(letter(self.siblings, self.direction)), |text, number| format!("{text}{}", CommentId(*number)))
    }

    /// Reads a cursor of one certain listing.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for any text that this listing did not give out.
    pub(crate) fn decode(text: &str, siblings: Siblings, owner: u64) -> Result<Self, StoreError> {
        let number = |place: usize| {
            let start = 1 + place * NUMBER_CHARS;
            let digits = text.get(start..start + NUMBER_CHARS).ok_or(StoreError::InvalidCursor)?;
            digits.parse::<CommentId>().map_err(|_| StoreError::InvalidCursor)
        };
        let directions = [Direction::Onward, Direction::Back];
        let direction = directions.into_iter().find(|direction| text.starts_with(letter(siblings, *direction)));
        let direction = direction.filter(|_| text.len() == CHARS).ok_or(StoreError::InvalidCursor)?;
        let comment_id = number(1)?;
        if number(0)?.0 != owner || comment_id.0 > i64::MAX.cast_unsigned() {
            return Err(StoreError::InvalidCursor);
        }
        let counts = number(2)?.0;
        Ok(Self {
            siblings,
            owner,
            direction,
            comment_id,
            reply_count: (counts >> 32) as u32,
            shown: (counts & 0xffff_ffff) as u32,
        })
    }
}

fn letter(siblings: Siblings, direction: Direction) -> char {
    let letter = match siblings {
        Siblings::Roots(Sort::Oldest) => 'o',
        Siblings::Roots(Sort::Newest) => 'n',
        Siblings::Roots(Sort::Replies) => 'a',
        Siblings::Replies => 'r',
    };
    if direction == Direction::Back { letter.to_ascii_uppercase() } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURSOR: Cursor = Cursor {
        siblings: Siblings::Roots(Sort::Replies),
        owner: 7,
        direction: Direction::Onward,
        comment_id: CommentId(1 << 60),
        reply_count: 3,
        shown: 50,
    };

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        for direction in [Direction::Onward, Direction::Back] {
            let cursor = Cursor { direction, ..CURSOR };
            assert_eq!(Cursor::decode(&cursor.encode(), CURSOR.siblings, 7).ok(), Some(cursor));
        }
    }

    #[test]
    fn a_cursor_of_another_sort_thread_or_length_is_refused() {
        let text = CURSOR.encode();
        assert!(Cursor::decode(&text, Siblings::Roots(Sort::Oldest), 7).is_err());
        assert!(Cursor::decode(&text, CURSOR.siblings, 8).is_err());
        assert!(Cursor::decode(&text[..39], CURSOR.siblings, 7).is_err());
        assert!(Cursor::decode(&format!("{text}0"), CURSOR.siblings, 7).is_err());
    }

    #[test]
    fn text_that_is_no_cursor_is_refused() {
        for text in ["", "a", "ä", &"é".repeat(20), &"a".repeat(40), &"~".repeat(40)] {
            assert!(Cursor::decode(text, CURSOR.siblings, 7).is_err(), "{text:?}");
        }
    }
}
