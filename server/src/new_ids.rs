//! Ids for new comments, authors and entries of the logs of changes.

use crate::random::Random;
use afterword_wire::{AuthorId, ChangeId, CommentId, ID_EPOCH_MS, ID_RANDOM_BITS, Timestamp};
use std::sync::atomic::{AtomicU64, Ordering};

/// The id of a comment written at that time; `low` fills the bits below the milliseconds. Times before the year 2000 count as
/// its beginning, times past what fits as the end.
#[must_use]
pub fn comment_id_at(time: Timestamp, low: u64) -> CommentId {
    CommentId(CommentId::first_of(time).0 | low & ((1 << ID_RANDOM_BITS) - 1))
}

/// The first id that an entry written at that time can have.
#[must_use]
pub fn change_id_at(time: Timestamp) -> ChangeId {
    ChangeId(comment_id_at(time, 0).0)
}

/// The first comment id of that time, and the last.
#[must_use]
pub fn comment_ids_of(time: Timestamp) -> (CommentId, CommentId) {
    (comment_id_at(time, 0), comment_id_at(time, u64::MAX))
}

/// When a comment of that id was written, to the millisecond.
#[must_use]
pub fn time_of(comment_id: CommentId) -> Timestamp {
    Timestamp(ID_EPOCH_MS.saturating_add((comment_id.0 >> ID_RANDOM_BITS).cast_signed()))
}

/// Makes ids that rise within this process, whatever the clock does: 63 bits, the time above and chance below.
#[derive(Debug, Default)]
pub struct RisingIds {
    last: AtomicU64,
}

impl RisingIds {
    /// An id for a new comment, greater than every one given out before.
    pub fn comment(&self, now: Timestamp, random: &dyn Random) -> CommentId {
        CommentId(self.next(now, random))
    }

    /// An id for a new entry of a log, greater than every one given out before.
    pub fn change(&self, now: Timestamp, random: &dyn Random) -> ChangeId {
        ChangeId(self.next(now, random))
    }

    fn next(&self, now: Timestamp, random: &dyn Random) -> u64 {
        let wanted = comment_id_at(now, random.bits()).0;
        let after = |last: u64| wanted.max(last + 1);
        let last = self.last.fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(after(last)));
        after(last.unwrap_or_default())
    }
}

/// An id for a device that writes on a site for the first time: 63 random bits, so that it fits a signed column.
pub fn author_id(random: &dyn Random) -> AuthorId {
    AuthorId(random.bits() >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zero;
    impl Random for Zero {
        fn bits(&self) -> u64 {
            0
        }
    }

    #[test]
    fn ids_rise_although_the_clock_goes_back() {
        let ids = RisingIds::default();
        let first = ids.comment(Timestamp(1_800_000_000_000), &Zero);
        let second = ids.comment(Timestamp(1_700_000_000_000), &Zero);
        let third = ids.comment(Timestamp(1_800_000_000_001), &Zero);
        assert!(first < second && second < third, "{first} {second} {third}");
    }

    #[test]
    fn an_id_tells_its_time() {
        let time = Timestamp(1_800_000_000_001);
        let (first, last) = comment_ids_of(time);
        assert_eq!((time_of(first), time_of(last)), (time, time));
        assert_eq!(time_of(CommentId(last.0 + 1)), Timestamp(time.0 + 1));
    }

    #[test]
    fn an_id_fits_a_signed_column() {
        let far = RisingIds::default().comment(Timestamp(i64::MAX), &Zero);
        assert!(i64::try_from(far.0).is_ok());
    }
}
