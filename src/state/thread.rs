//! The thread as loaded so far, and what the viewer has opened and folded in it.

use super::{Children, FormKey, PendingComment, RowKey, Viewer};
use afterword_wire::{Comment, CommentId, Sort, ThreadSlice};
use std::collections::{BTreeMap, BTreeSet};

/// How the wish for more siblings stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoreStatus {
    /// The request is under way.
    Loading,
    /// It failed; the sentence says why.
    Failed(String),
}

/// A thread in the browser (or, while the server paints, on the server): comments by id, siblings by parent.
#[derive(Clone, Debug, Default)]
pub struct ThreadState {
    /// Comments of the whole thread that can be read.
    pub comment_count: u32,
    /// Whether new comments are refused.
    pub is_closed: bool,
    /// Seconds within which authors may edit and delete.
    pub edit_window_s: u32,
    /// The order of the root comments.
    pub sort: Sort,
    /// Who looks.
    pub viewer: Viewer,
    /// Comments on their way to the server, oldest first.
    pub pending: Vec<PendingComment>,
    pub(super) comments: BTreeMap<CommentId, Comment>,
    pub(super) children: BTreeMap<Option<CommentId>, Children>,
    pub(super) versions: BTreeMap<RowKey, u32>,
    pub(super) generation: u32,
    collapsed: BTreeSet<CommentId>,
    unfolded: BTreeSet<CommentId>,
    replying: BTreeSet<CommentId>,
    editing: BTreeMap<CommentId, String>,
    asking_to_delete: Option<CommentId>,
    marked: Option<CommentId>,
    failures: BTreeMap<CommentId, String>,
    wishes: u32,
    more_status: BTreeMap<Option<CommentId>, MoreStatus>,
}

impl ThreadState {
    /// The thread as its first slice shows it.
    #[must_use]
    pub fn from_slice(slice: ThreadSlice) -> Self {
        let mut state = Self::default();
        state.merge_slice(slice, None);
        state.generation = 0;
        state
    }

    /// Starts over with another slice, in another sort perhaps; the viewer, pending comments and open forms stay.
    pub fn restart(&mut self, slice: ThreadSlice) {
        self.comments.clear();
        self.children.clear();
        self.more_status.clear();
        self.merge_slice(slice, None);
        self.generation += 1;
    }

    /// Changes whenever rows on screen change their order; the list must then be built anew, because a keyed list that
    /// moves and inserts in one step can misplace rows (see `tests/row_order.rs`).
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// A loaded comment.
    #[must_use]
    pub fn comment(&self, id: CommentId) -> Option<&Comment> {
        self.comments.get(&id)
    }

    /// The siblings loaded below a parent, `None` standing for the roots.
    #[must_use]
    pub fn children(&self, parent_id: Option<CommentId>) -> Option<&Children> {
        self.children.get(&parent_id)
    }

    /// The name of whom a comment answers: its parent's author, or whoever the server says.
    #[must_use]
    pub fn answered_name<'a>(&'a self, comment: &'a Comment) -> Option<&'a str> {
        if comment.answers_name.is_some() {
            return comment.answers_name.as_deref();
        }
        let parent = self.comments.get(&comment.parent_id?)?;
        parent.author.as_ref().map(|author| author.name.as_str())
    }

    /// Whether the viewer wrote it.
    #[must_use]
    pub fn is_own(&self, comment: &Comment) -> bool {
        let author_id = comment.author.as_ref().map(|author| author.id);
        author_id.is_some() && author_id == self.viewer.author_id
    }

    /// Milliseconds left in which the viewer may edit or delete a comment; `None` when they may not.
    #[must_use]
    pub fn edit_time_left_ms(&self, comment: &Comment, now_ms: i64) -> Option<i64> {
        let until = comment.created_at.0 + i64::from(self.edit_window_s) * 1000;
        (self.is_own(comment) && now_ms < until).then_some(until - now_ms)
    }

    /// Rows whose look depends on the clock: the viewer's own comments that can still be changed, or could until just now.
    pub fn touch_editable(&mut self, now_ms: i64) {
        let grace_ms = 120_000;
        let ids: Vec<_> = self.comments.values()
            .filter(|comment| self.edit_time_left_ms(comment, now_ms - grace_ms).is_some())
            .map(|comment| comment.id)
            .collect();
        ids.into_iter().for_each(|id| self.touch(id));
    }

    /// Makes a row be drawn anew.
    pub(super) fn touch(&mut self, id: CommentId) {
        *self.versions.entry(RowKey::Comment(id)).or_default() += 1;
    }

    /// Whether a comment's branch is folded into one line.
    #[must_use]
    pub fn is_collapsed(&self, id: CommentId) -> bool {
        self.collapsed.contains(&id)
    }

    /// Folds a branch, or unfolds it.
    pub fn toggle_collapsed(&mut self, id: CommentId) {
        if !self.collapsed.remove(&id) {
            self.collapsed.insert(id);
        }
        self.touch(id);
    }

    /// Whether a long body is shown whole.
    #[must_use]
    pub fn is_unfolded(&self, id: CommentId) -> bool {
        self.unfolded.contains(&id)
    }

    /// Shows a long body whole.
    pub fn unfold(&mut self, id: CommentId) {
        self.unfolded.insert(id);
        self.touch(id);
    }

    /// Whether the form to answer a comment is open.
    #[must_use]
    pub fn is_replying(&self, id: CommentId) -> bool {
        self.replying.contains(&id)
    }

    /// Opens the form to answer a comment.
    pub fn open_reply(&mut self, id: CommentId) {
        self.collapsed.remove(&id);
        self.replying.insert(id);
        self.touch(id);
    }

    /// The text a comment is edited from; `None` when it is not being edited.
    #[must_use]
    pub fn editing(&self, id: CommentId) -> Option<&str> {
        self.editing.get(&id).map(String::as_str)
    }

    /// Opens a comment for editing, from what its author typed.
    pub fn open_edit(&mut self, id: CommentId, body_markdown: String) {
        self.editing.insert(id, body_markdown);
    }

    /// Closes a form.
    pub fn close_form(&mut self, key: FormKey) {
        match key {
            FormKey::Root => {}
            FormKey::Reply(id) => {
                self.replying.remove(&id);
                self.touch(id);
            }
            FormKey::Edit(id) => {
                self.editing.remove(&id);
                self.touch(id);
            }
        }
    }

    /// Whether the viewer is being asked if a comment is really to be deleted.
    #[must_use]
    pub fn is_asking_to_delete(&self, id: CommentId) -> bool {
        self.asking_to_delete == Some(id)
    }

    /// Asks whether a comment is really to be deleted, or (`None`) stops asking.
    pub fn ask_to_delete(&mut self, id: Option<CommentId>) {
        let before = std::mem::replace(&mut self.asking_to_delete, id);
        [before, id].into_iter().flatten().for_each(|id| self.touch(id));
    }

    /// The comment a permalink led to.
    #[must_use]
    pub fn marked(&self) -> Option<CommentId> {
        self.marked
    }

    /// Marks the comment a permalink led to and opens every branch above it.
    pub fn mark(&mut self, id: CommentId) {
        let before = self.marked.replace(id);
        [before, Some(id)].into_iter().flatten().for_each(|id| self.touch(id));
        let mut above = self.comments.get(&id).and_then(|comment| comment.parent_id);
        while let Some(parent_id) = above {
            if self.collapsed.remove(&parent_id) {
                self.touch(parent_id);
            }
            above = self.comments.get(&parent_id).and_then(|comment| comment.parent_id);
        }
    }

    /// How the wish for more siblings below a parent stands; `None` while nobody asked.
    #[must_use]
    pub fn more_status(&self, parent_id: Option<CommentId>) -> Option<&MoreStatus> {
        self.more_status.get(&parent_id)
    }

    /// Notes how the wish for more siblings stands.
    pub fn set_more_status(&mut self, parent_id: Option<CommentId>, status: Option<MoreStatus>) {
        match status {
            Some(status) => self.more_status.insert(parent_id, status),
            None => self.more_status.remove(&parent_id),
        };
        *self.versions.entry(RowKey::More(parent_id)).or_default() += 1;
    }

    /// Why the last attempt to change a comment failed.
    #[must_use]
    pub fn failure(&self, id: CommentId) -> Option<&str> {
        self.failures.get(&id).map(String::as_str)
    }

    /// Notes why an attempt to change a comment failed; `None` forgets it.
    pub fn note_failure(&mut self, id: CommentId, sentence: Option<String>) {
        let had_one = match sentence {
            Some(sentence) => {
                self.failures.insert(id, sentence);
                true
            }
            None => self.failures.remove(&id).is_some(),
        };
        if had_one {
            self.touch(id);
        }
    }

    /// Numbers a wish for another order and returns its number: only the answer to the last wish counts.
    pub fn count_wish(&mut self) -> u32 {
        self.wishes += 1;
        self.wishes
    }

    /// The number of the last wish for another order.
    #[must_use]
    pub fn wish_count(&self) -> u32 {
        self.wishes
    }
}
