//! The thread as loaded so far.

use super::{Children, FormKey, Look, Node, Nodes, PendingComment, SeenDrafts, Sending, Viewer};
use afterword_wire::{Comment, CommentId, Sort, ThreadSlice, Written};

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
    /// What this tab has to do with sending them.
    pub sending: Sending,
    /// How many more slices of root comments are loaded without being asked for.
    pub slices_to_come: u32,
    /// The drafts this tab has read and written.
    pub drafts: SeenDrafts,
    pub(super) next_pending: u32,
    pub(super) nodes: Nodes,
    pub(super) roots: Children,
    /// What others wrote since the thread was opened and the reader has not asked for, parents first.
    pub(super) waiting: Vec<Written>,
    pub(super) generation: u32,
    /// The last comment that was there on the reader's last visit, if there was one.
    pub seen: Option<CommentId>,
    /// The last new comment that the reader was led to.
    pub(super) stepped_to: Option<CommentId>,
    wishes: u32,
}

impl ThreadState {
    /// The thread as its first slice shows it.
    #[must_use]
    pub fn from_slice(slice: ThreadSlice) -> Self {
        let mut state = Self::default();
        state.merge_slice(slice, None);
        state.note_places();
        state
    }

    /// Starts over with another slice, in another sort perhaps; the viewer, pending comments and what is open stay.
    pub fn restart(&mut self, slice: ThreadSlice) {
        let before = std::mem::take(&mut self.nodes);
        self.roots = Children::default();
        self.waiting.clear();
        self.merge_slice(slice, None);
        for (id, node) in before {
            self.update_look(id, |look| *look = node.look);
        }
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
        self.nodes.get(&id).map(|node| &node.comment)
    }

    /// A loaded comment in its place.
    #[must_use]
    pub fn node(&self, id: CommentId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// The siblings loaded below a parent, `None` standing for the roots.
    #[must_use]
    pub fn children(&self, parent_id: Option<CommentId>) -> Option<&Children> {
        match parent_id {
            Some(id) => self.nodes.get(&id).map(|node| &node.replies),
            None => Some(&self.roots),
        }
    }

    /// The same, to be changed.
    pub fn children_mut(&mut self, parent_id: Option<CommentId>) -> Option<&mut Children> {
        match parent_id {
            Some(id) => self.nodes.get_mut(&id).map(|node| &mut node.replies),
            None => Some(&mut self.roots),
        }
    }

    /// The name of whom a comment answers: its parent's author, or whoever the server says.
    #[must_use]
    pub fn answered_name<'a>(&'a self, comment: &'a Comment) -> Option<&'a str> {
        if comment.answers_name.is_some() {
            return comment.answers_name.as_deref();
        }
        let parent = self.comment(comment.parent_id?)?;
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

    /// Draws anew what depends on the clock: the viewer's own comments that can still be changed, or could until just now.
    pub fn touch_editable(&mut self, now_ms: i64) {
        let grace_ms = 120_000;
        let is_editable = |node: &Node| self.edit_time_left_ms(&node.comment, now_ms - grace_ms).is_some();
        let ids: Vec<_> = self.nodes.iter().filter(|(_, node)| is_editable(node)).map(|(id, _)| *id).collect();
        ids.into_iter().for_each(|id| self.touch(id));
    }

    /// Forgets who looks: nothing here is their own any more.
    pub fn forget_viewer(&mut self) {
        let own: Vec<_> = self.nodes.iter().filter(|(_, node)| self.is_own(&node.comment)).map(|(id, _)| *id).collect();
        self.viewer = Viewer::default();
        own.into_iter().for_each(|id| self.touch(id));
    }

    /// Makes a row be drawn anew.
    pub(super) fn touch(&mut self, id: CommentId) {
        if let Some(node) = self.nodes.get_mut(&id) {
            node.version += 1;
        }
    }

    /// Opens or folds something at a comment, and has its row drawn anew.
    pub fn update_look(&mut self, id: CommentId, update: impl FnOnce(&mut Look)) {
        if let Some(node) = self.nodes.get_mut(&id) {
            update(&mut node.look);
            node.version += 1;
        }
    }

    /// Opens the form to answer a comment.
    pub fn open_reply(&mut self, id: CommentId) {
        self.update_look(id, |look| {
            look.is_collapsed = false;
            look.is_replying = true;
        });
    }

    /// Closes a form.
    pub fn close_form(&mut self, key: FormKey) {
        match key {
            FormKey::Root => {}
            FormKey::Reply(id) => self.update_look(id, |look| look.is_replying = false),
            FormKey::Edit(id) => self.update_look(id, |look| look.editing = None),
        }
    }

    /// Marks the comment a permalink led to, and opens every branch above it.
    pub fn mark(&mut self, id: CommentId) {
        let before = self.nodes.iter().find(|(_, node)| node.look.is_marked).map(|(id, _)| *id);
        before.into_iter().for_each(|before| self.update_look(before, |look| look.is_marked = false));
        self.update_look(id, |look| look.is_marked = true);
        self.reveal(id);
    }

    /// Opens every branch above a comment.
    pub fn reveal(&mut self, id: CommentId) {
        let mut above = self.comment(id).and_then(|comment| comment.parent_id);
        while let Some(parent_id) = above {
            self.update_look(parent_id, |look| look.is_collapsed = false);
            above = self.comment(parent_id).and_then(|comment| comment.parent_id);
        }
    }

    /// Notes how the wish for more siblings below a parent stands.
    pub fn set_more_status(&mut self, parent_id: Option<CommentId>, status: Option<MoreStatus>) {
        if let Some(siblings) = self.children_mut(parent_id) {
            siblings.set_more_status(status);
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
