//! Which replies of one comment (or which root comments) are here, and in which order they stand.

use super::MoreStatus;
use afterword_wire::{CommentId, More};

/// The loaded siblings below one parent. They are shown in this order: `front`, `shown`, the way to more, `stray`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Children {
    /// Own root comments written since the thread was opened: first, so that their author sees them at once.
    pub front: Vec<CommentId>,
    /// Without a gap from the first sibling on.
    pub shown: Vec<CommentId>,
    /// Where `shown` goes on; `None` when nothing is left out.
    pub more: Option<More>,
    /// Siblings from beyond the gap: reached by a permalink, or written by the viewer.
    pub stray: Vec<CommentId>,
    /// How the wish for more stands; `None` while nobody asked.
    pub more_status: Option<MoreStatus>,
    /// How often the look of the way to more has changed.
    pub more_version: u32,
}

impl Children {
    /// Every loaded sibling, in the order shown.
    pub fn ids(&self) -> impl Iterator<Item = CommentId> + '_ {
        self.front.iter().chain(&self.shown).chain(&self.stray).copied()
    }

    /// Puts a comment at the end of the gapless part. Returns whether one that was already on screen had to move for it.
    pub fn go_on_with(&mut self, id: CommentId) -> bool {
        if self.shown.contains(&id) || self.front.contains(&id) {
            return false;
        }
        let stray_count = self.stray.len();
        self.stray.retain(|stray| *stray != id);
        self.shown.push(id);
        self.stray.len() != stray_count
    }

    /// Adds a comment from beyond the gap, once. Strays stand in the order of their ids, which is the order of time.
    pub fn add_stray(&mut self, id: CommentId) {
        if self.ids().any(|known| known == id) {
            return;
        }
        let at = self.stray.partition_point(|stray| *stray < id);
        self.stray.insert(at, id);
    }

    /// Takes a comment out.
    pub fn remove(&mut self, id: CommentId) {
        for list in [&mut self.front, &mut self.shown, &mut self.stray] {
            list.retain(|known| *known != id);
        }
    }

    /// Notes how the wish for more stands.
    pub fn set_more_status(&mut self, status: Option<MoreStatus>) {
        self.more_status = status;
        self.more_version += 1;
    }

    /// How many siblings are left out and not on screen as strays.
    #[must_use]
    pub fn hidden_count(&self) -> u32 {
        let stray_count = u32::try_from(self.stray.len() + self.front.len()).unwrap_or(u32::MAX);
        self.more.as_ref().map_or(0, |more| more.count.saturating_sub(stray_count))
    }
}
