//! A listing of siblings, each with what stands below it.

use super::dialect::Connection;
use super::fill::fill;
use super::sibling_order::{SiblingOrder, Start, read_siblings};
use crate::slice::cursor::{Cursor, Direction, NOT_COUNTED, Siblings};
use crate::slice::outline::Outline;
use crate::{Listing, StoreError, ThreadId};
use afterword_wire::{Comment, CommentId, More};

/// Siblings to list: the root comments of a thread, or the direct replies of a comment.
pub(crate) struct SiblingList {
    pub(crate) thread_id: ThreadId,
    pub(crate) parent_id: Option<CommentId>,
    pub(crate) siblings: Siblings,
    /// How many are listed in all.
    pub(crate) count: u32,
}

/// What was listed.
pub(crate) struct Listed {
    /// Siblings with their first replies, depth-first.
    pub(crate) comments: Vec<Comment>,
    /// Where to go back; only in a listing that did not begin at the first sibling.
    pub(crate) before: Option<More>,
    /// Where to go on.
    pub(crate) more: Option<More>,
}

/// Where a listing starts, and which way it reads.
struct Beginning {
    start: Start,
    direction: Direction,
    shown: u32,
}

impl SiblingList {
    /// Siblings from the cursor on, or from a point in time, with their first replies.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another listing.
    pub(crate) async fn read(&self, connection: &mut Connection, listing: &Listing) -> Result<Listed, StoreError> {
        let Beginning { start, direction, shown } = self.beginning(listing)?;
        let order = self.order(direction);
        let mut found = read_siblings(connection, self.thread_id, self.parent_id, order, start, listing.limit + 1).await?;
        let kept = room_for(&found, listing.limit);
        let is_last = found.len() <= kept;
        found.truncate(kept);
        let end = found.last().map(Start::of);
        let ahead = end.filter(|_| !is_last);
        let behind = if shown == NOT_COUNTED { self.behind(connection, order, start, found.first()).await? } else { None };
        let shown = if shown == NOT_COUNTED { shown } else { shown.saturating_add(u32::try_from(kept).unwrap_or(u32::MAX)) };
        let (before, more) = match direction {
            Direction::Onward => (behind, ahead),
            Direction::Back => {
                found.reverse();
                (ahead, behind)
            }
        };
        let mut outline = Outline::default();
        let level = found.into_iter().map(|comment| outline.add_top(comment)).collect();
        fill(connection, self.thread_id, &mut outline, level, listing.limit).await?;
        Ok(Listed {
            comments: outline.into_rows(),
            before: before.map(|at| self.more(at, Direction::Back, shown)),
            more: more.map(|at| self.more(at, Direction::Onward, shown)),
        })
    }

    fn beginning(&self, listing: &Listing) -> Result<Beginning, StoreError> {
        let cursor = listing.cursor.as_deref().map(|text| Cursor::decode(text, self.siblings, self.owner())).transpose()?;
        let (direction, shown) = cursor.map_or((Direction::Onward, 0), |cursor| (cursor.direction, cursor.shown));
        let order = self.order(direction);
        Ok(match (&cursor, listing.at) {
            (None, Some(at)) if order.is_by_time() => Beginning { start: order.just_before(at), direction, shown: NOT_COUNTED },
            _ => Beginning { start: Start::at(cursor.as_ref(), order), direction, shown },
        })
    }

    fn order(&self, direction: Direction) -> SiblingOrder {
        let onward = match self.siblings {
            Siblings::Roots(sort) => SiblingOrder::of_roots(sort),
            Siblings::Replies => SiblingOrder::IdAscending,
        };
        if direction == Direction::Back { onward.reversed() } else { onward }
    }

    /// From where the walk that came by here would see what stands behind it, if anything does.
    async fn behind(
        &self,
        connection: &mut Connection,
        order: SiblingOrder,
        start: Start,
        first: Option<&Comment>,
    ) -> Result<Option<Start>, StoreError> {
        let from = first.map_or_else(|| order.turned(start), Start::of);
        let behind = read_siblings(connection, self.thread_id, self.parent_id, order.reversed(), from, 1).await?;
        Ok(behind.first().map(|_| from))
    }

    fn more(&self, at: Start, direction: Direction, shown: u32) -> More {
        let (comment_id, rank) = at.keys();
        let reply_count = if self.siblings == Siblings::Replies { 0 } else { rank };
        let cursor = Cursor { siblings: self.siblings, owner: self.owner(), direction, comment_id, reply_count, shown };
        // Between two slices siblings may have come or gone; there is at least the one that was seen.
        let count = if shown == NOT_COUNTED { 0 } else { self.count.saturating_sub(shown).max(1) };
        More { cursor: cursor.encode(), count }
    }

    fn owner(&self) -> u64 {
        self.parent_id.map_or(self.thread_id.0.cast_unsigned(), |id| id.0)
    }
}

/// How many of the siblings found a slice shows: all when nothing stands below them, and never less than half of it, so that
/// neither long nor deep threads read as only the one.
fn room_for(found: &[Comment], limit: u32) -> usize {
    let candidates = found.len().min(limit as usize);
    let replies = found[..candidates].iter().fold(0u32, |sum, comment| sum.saturating_add(comment.reply_count));
    let room = limit.saturating_sub(replies).max(limit.div_ceil(2)).max(1);
    candidates.min(room as usize)
}
