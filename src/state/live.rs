//! What others write while the thread is read: it waits until the reader asks for it, and what changes changes in its place.

use super::ThreadState;
use afterword_wire::{CommentId, Written};

impl ThreadState {
    /// Takes in a comment as it now stands. Nothing on screen moves for it: a new one waits, unless the viewer wrote it; one that is
    /// gone leaves a placeholder. Returns whether it is one more that waits.
    pub fn take_live(&mut self, written: Written) -> bool {
        self.comment_count = written.comment_count;
        let mut comment = written.comment.clone();
        let (id, parent_id) = (comment.id, comment.parent_id);
        if let Some(node) = self.nodes.get_mut(&id) {
            // What is loaded below it is what is seen to be there.
            (comment.reply_count, comment.more) = (node.comment.reply_count, None);
            node.version += u32::from(node.comment != comment);
            node.comment = comment;
            return false;
        }
        let count = self.waiting.len();
        self.waiting.retain(|waiting| waiting.comment.id != id);
        let is_known = self.waiting.len() < count;
        if comment.is_deleted() {
            self.touch_above(parent_id);
        } else if self.is_own(&comment) {
            self.insert_written(written);
        } else {
            self.waiting.push(written);
            self.touch_above(parent_id);
            return !is_known;
        }
        false
    }

    /// How many replies of a comment, or root comments, wait to be shown.
    #[must_use]
    pub fn waiting_count(&self, parent_id: Option<CommentId>) -> u32 {
        let waits = |written: &&Written| written.comment.parent_id == parent_id && !self.nodes.contains_key(&written.comment.id);
        u32::try_from(self.waiting.iter().filter(waits).count()).unwrap_or(u32::MAX)
    }

    /// Shows what waits below a parent, and below what is shown by that. Returns the first of them.
    pub fn show_waiting(&mut self, parent_id: Option<CommentId>) -> Option<CommentId> {
        let mut shown = vec![parent_id];
        let mut first = None;
        for written in std::mem::take(&mut self.waiting) {
            let comment = &written.comment;
            if !shown.contains(&comment.parent_id) {
                self.waiting.push(written);
                continue;
            }
            shown.push(Some(comment.id));
            first = first.or(Some(comment.id));
            if self.nodes.contains_key(&comment.id) {
                continue;
            }
            if let Some(more) = self.children_mut(comment.parent_id).and_then(|siblings| siblings.more.as_mut()) {
                // It was not among those left out.
                more.count += 1;
            }
            self.place_written(written.comment);
        }
        first
    }

    fn touch_above(&mut self, parent_id: Option<CommentId>) {
        parent_id.into_iter().for_each(|id| self.touch(id));
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{outline, slice, state_of};
    use super::*;
    use afterword_wire::{AuthorId, More};

    fn heard(id: u64, parent: Option<u64>) -> Written {
        let mut comment = slice(&[(id, None)]).comments.remove(0);
        comment.parent_id = parent.map(CommentId);
        comment.depth = u16::from(parent.is_some());
        comment.body_html = "<p>new</p>".to_owned();
        Written { comment, author_id: AuthorId(id % 3), comment_count: 7, is_listed: true }
    }

    fn withdrawn(id: u64, parent: Option<u64>) -> Written {
        let mut written = heard(id, parent);
        written.comment.author = None;
        written.comment.body_html = String::new();
        Written { is_listed: false, ..written }
    }

    #[test]
    fn what_is_new_waits_where_it_belongs_and_moves_nothing() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None)]);
        assert!(state.take_live(heard(4, Some(1))));
        assert!(state.take_live(heard(5, Some(1))));
        assert!(state.take_live(heard(6, None)));
        assert!(!state.take_live(heard(6, None)), "the same again is not one more");
        assert_eq!(outline(&state), ["1", " 2", "3"]);
        assert_eq!(state.comment_count, 7);
        let waiting = [Some(1), None, Some(3)].map(|parent| state.waiting_count(parent.map(CommentId)));
        assert_eq!(waiting, [2, 1, 0]);
    }

    #[test]
    fn what_waits_is_shown_when_it_is_asked_for() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        for written in [heard(4, Some(1)), heard(5, None), heard(6, Some(5)), heard(7, Some(1))] {
            state.take_live(written);
        }
        assert_eq!(state.show_waiting(Some(CommentId(1))), Some(CommentId(4)));
        assert_eq!(outline(&state), ["1", " 2", " 4", " 7"]);
        assert_eq!(state.show_waiting(None), Some(CommentId(5)));
        assert_eq!(outline(&state), ["5", " 6", "1", " 2", " 4", " 7"], "with the replies it has got meanwhile");
        assert_eq!(state.waiting_count(Some(CommentId(1))), 0);
        assert_eq!(state.generation(), 0, "nothing on screen changed places");
    }

    #[test]
    fn one_that_waits_is_shown_as_it_stands_by_then_or_not_at_all() {
        let mut state = state_of(&[(1, None)]);
        state.take_live(heard(4, Some(1)));
        state.take_live(heard(5, Some(1)));
        let mut edited = heard(4, Some(1));
        edited.comment.body_html = "<p>better</p>".to_owned();
        assert!(!state.take_live(edited));
        state.take_live(withdrawn(5, Some(1)));
        assert_eq!(state.waiting_count(Some(CommentId(1))), 1);
        state.show_waiting(Some(CommentId(1)));
        assert_eq!(state.comment(CommentId(4)).expect("shown").body_html, "<p>better</p>");
    }

    #[test]
    fn edits_and_deletions_change_a_comment_in_its_place() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None)]);
        state.open_reply(CommentId(3));
        let before = state.rows();
        assert!(!state.take_live(heard(2, Some(1))));
        assert!(!state.take_live(withdrawn(3, None)));
        assert_eq!(outline(&state), ["1", " 2", "3", " reply 3"], "what is being written below it stays");
        assert_eq!(state.comment(CommentId(2)).expect("there").body_html, "<p>new</p>");
        assert!(state.comment(CommentId(3)).expect("there").is_deleted());
        assert_eq!(before[0], state.rows()[0], "what did not change is not drawn anew");
        let after = state.rows();
        state.take_live(heard(2, Some(1)));
        assert_eq!(after, state.rows(), "nor is what comes twice");
    }

    #[test]
    fn an_own_comment_of_another_tab_is_there_at_once() {
        let mut state = state_of(&[(1, None)]);
        state.viewer.author_id = Some(AuthorId(2));
        assert!(!state.take_live(heard(5, Some(1))));
        assert_eq!(outline(&state), ["1", " 5"]);
    }

    #[test]
    fn what_comes_by_another_way_waits_no_more() {
        let mut state = state_of(&[(1, None)]);
        state.take_live(heard(4, Some(1)));
        state.merge_slice(slice(&[(1, None), (4, Some(1))]), None);
        assert_eq!(state.waiting_count(Some(CommentId(1))), 0);
        assert_eq!(state.show_waiting(Some(CommentId(1))), Some(CommentId(4)));
        assert_eq!(outline(&state), ["1", " 4"]);
    }

    #[test]
    fn what_is_left_out_stays_as_much_as_it_was() {
        let mut first = slice(&[(1, None), (2, Some(1))]);
        first.comments[0].more = Some(More { cursor: "c".to_owned(), count: 4 });
        let mut state = ThreadState::from_slice(first);
        state.take_live(heard(9, Some(1)));
        state.show_waiting(Some(CommentId(1)));
        assert_eq!(outline(&state), ["1", " 2", " more 4", " 9"]);
    }
}
