//! A listing of siblings, each with what stands below it.

use super::dialect::Connection;
use super::fill::fill;
use super::sibling_order::{SiblingOrder, Start, read_siblings};
use crate::slice::cursor::{Cursor, Siblings};
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

impl SiblingList {
    /// Siblings from the cursor on with their first replies, depth-first, and where to go on with the siblings.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another listing.
    pub(crate) async fn read(
        &self,
        connection: &mut Connection,
        listing: &Listing,
    ) -> Result<(Vec<Comment>, Option<More>), StoreError> {
        let from = listing.cursor.as_deref().map(|text| Cursor::decode(text, self.siblings, self.owner())).transpose()?;
        let order = match self.siblings {
            Siblings::Roots(sort) => SiblingOrder::of_roots(sort),
            Siblings::Replies => SiblingOrder::IdAscending,
        };
        let start = Start::at(from.as_ref(), order);
        let mut found = read_siblings(connection, self.thread_id, self.parent_id, order, start, listing.limit + 1).await?;
        let kept = room_for(&found, listing.limit);
        let is_last = found.len() <= kept;
        found.truncate(kept);
        let shown = from.map_or(0, |from| from.shown).saturating_add(u32::try_from(kept).unwrap_or(u32::MAX));
        let more = found.last().filter(|_| !is_last).map(|last| self.more(last, shown));
        let mut outline = Outline::default();
        let level = found.into_iter().map(|comment| outline.add_top(comment)).collect();
        fill(connection, self.thread_id, &mut outline, level, listing.limit).await?;
        Ok((outline.into_rows(), more))
    }

    fn more(&self, last: &Comment, shown: u32) -> More {
        let reply_count = if self.siblings == Siblings::Replies { 0 } else { last.reply_count };
        let cursor = Cursor { siblings: self.siblings, owner: self.owner(), comment_id: last.id, reply_count, shown };
        // Between two slices siblings may have come or gone; there is at least the one that was seen.
        More { cursor: cursor.encode(), count: self.count.saturating_sub(shown).max(1) }
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
