//! What the thread does with the server's answer to the viewer's own writes.

use super::{FormKey, Node, ThreadState};
use afterword_wire::{Comment, CommentId, Written};

impl ThreadState {
    /// Takes in an own comment that the server acknowledged.
    pub fn insert_written(&mut self, written: Written) {
        self.viewer.author_id = Some(written.author_id);
        self.comment_count = written.comment_count;
        self.place_written(written.comment);
    }

    /// Puts a comment that is written by now where it can be seen: a root first, a reply last. One that is here stays where it is.
    pub(super) fn place_written(&mut self, comment: Comment) {
        let (id, parent_id) = (comment.id, comment.parent_id);
        if self.nodes.contains_key(&id) {
            return;
        }
        if let Some(parent) = parent_id.and_then(|parent_id| self.nodes.get_mut(&parent_id)) {
            parent.comment.reply_count += 1;
            parent.version += 1;
        }
        // A parent that is not loaded has no row to stand under.
        let Some(siblings) = self.children_mut(parent_id) else { return };
        match (parent_id, &siblings.more) {
            (None, _) => siblings.front.insert(0, id),
            (Some(_), None) => siblings.shown.push(id),
            (Some(_), Some(_)) => siblings.add_stray(id),
        }
        let mut node = Node::new(comment);
        node.look.is_told_live = true;
        self.nodes.insert(id, node);
    }

    /// Takes in an own comment as edited.
    pub fn replace_written(&mut self, written: Written) {
        let mut comment = written.comment;
        let id = comment.id;
        if let Some(node) = self.nodes.get_mut(&id) {
            comment.reply_count = node.comment.reply_count;
            node.comment = comment;
        }
        self.close_form(FormKey::Edit(id));
    }

    /// Takes in an own comment as deleted: a placeholder while it has replies, else gone, and with it every placeholder above
    /// that stood only for its sake. Returns the nearest comment that is still there, for focus to go to.
    pub fn remove_written(&mut self, written: &Written) -> Option<CommentId> {
        self.comment_count = written.comment_count;
        let id = written.comment.id;
        if written.is_listed {
            let node = self.nodes.get_mut(&id)?;
            node.comment.author = None;
            node.comment.body_html = String::new();
            self.update_look(id, |look| *look = super::Look::default());
            return Some(id);
        }
        let neighbour = self.row_before(id);
        self.remove_upwards(id);
        neighbour.filter(|id| self.nodes.contains_key(id)).or_else(|| self.nodes.keys().next().copied())
    }

    fn remove_upwards(&mut self, id: CommentId) {
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(node) = self.nodes.remove(&id) else { return };
            let parent_id = node.comment.parent_id;
            if let Some(siblings) = self.children_mut(parent_id) {
                siblings.remove(id);
            }
            let Some(parent) = parent_id.and_then(|parent_id| self.nodes.get_mut(&parent_id)) else { return };
            parent.version += 1;
            let comment = &mut parent.comment;
            comment.reply_count = comment.reply_count.saturating_sub(1);
            next = parent_id.filter(|_| comment.is_deleted() && comment.reply_count == 0);
        }
    }

    fn row_before(&self, id: CommentId) -> Option<CommentId> {
        let mut before = None;
        for row in self.rows() {
            match row.key {
                super::RowKey::Comment(at) if at == id => return before,
                super::RowKey::Comment(at) => before = Some(at),
                _ => {}
            }
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{outline, slice, state_of};
    use super::*;
    use afterword_wire::{AuthorId, More};

    fn written(id: u64, parent: Option<u64>, depth: u16) -> Written {
        let mut comment = slice(&[(id, None)]).comments.remove(0);
        comment.parent_id = parent.map(CommentId);
        comment.depth = depth;
        Written { comment, author_id: AuthorId(9), comment_count: 5, is_listed: true }
    }

    #[test]
    fn an_own_root_stands_first_and_an_own_reply_last() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        state.insert_written(written(3, None, 0));
        state.insert_written(written(4, Some(1), 1));
        assert_eq!(outline(&state), ["3", "1", " 2", " 4"]);
        assert_eq!(state.comment_count, 5);
    }

    #[test]
    fn an_own_reply_beyond_a_gap_stays_beyond_it() {
        let mut first = slice(&[(1, None), (2, Some(1))]);
        first.comments[0].more = Some(More { cursor: "c".to_owned(), count: 4 });
        let mut state = ThreadState::from_slice(first);
        state.insert_written(written(9, Some(1), 1));
        assert_eq!(outline(&state), ["1", " 2", " more 3", " 9"]);
    }

    #[test]
    fn the_same_answer_twice_is_one_comment() {
        let mut state = state_of(&[(1, None)]);
        state.insert_written(written(3, None, 0));
        state.insert_written(written(3, None, 0));
        assert_eq!(outline(&state), ["3", "1"]);
    }

    #[test]
    fn a_deleted_comment_with_replies_stays_as_a_placeholder() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        assert_eq!(state.remove_written(&written(1, None, 0)), Some(CommentId(1)));
        assert!(state.comment(CommentId(1)).expect("still there").is_deleted());
        assert_eq!(outline(&state), ["1", " 2"]);
    }

    #[test]
    fn a_deleted_leaf_goes_and_takes_the_placeholders_above_it_along() {
        let mut loaded = slice(&[(1, None), (2, Some(1)), (3, Some(2)), (4, None)]);
        loaded.comments[0].reply_count = 1;
        loaded.comments[1].reply_count = 1;
        loaded.comments[0].author = None;
        loaded.comments[1].author = None;
        let mut state = ThreadState::from_slice(loaded);
        let gone = Written { is_listed: false, ..written(3, Some(2), 2) };
        assert_eq!(state.remove_written(&gone), Some(CommentId(4)));
        assert_eq!(outline(&state), ["4"]);
    }
}
