//! How slices, branches and permalinks come together into one thread without a comment being there twice.

use super::{Node, ThreadState};
use afterword_wire::{Comment, CommentId, ThreadSlice};

impl ThreadState {
    /// Takes in a slice that goes on with the siblings below `parent_id`; `None` for the roots.
    pub fn merge_slice(&mut self, slice: ThreadSlice, parent_id: Option<CommentId>) {
        self.take_head(&slice);
        for comment in slice.comments {
            self.take_in(comment, true);
        }
        if let Some(siblings) = self.children_mut(parent_id) {
            siblings.more = slice.more;
            siblings.set_more_status(None);
        }
    }

    /// Takes in what a permalink brought: the way down to `target_id`, with gaps beside it, and its replies from the first on.
    pub fn merge_permalink(&mut self, slice: ThreadSlice, target_id: CommentId) {
        self.take_head(&slice);
        let mut below_gaps = vec![None];
        let mut above = Some(target_id);
        while let Some(id) = above {
            above = slice.comments.iter().find(|comment| comment.id == id).and_then(|comment| comment.parent_id);
            below_gaps.push(above);
        }
        for comment in slice.comments {
            let is_gapless = !below_gaps.contains(&comment.parent_id);
            self.take_in(comment, is_gapless);
        }
    }

    fn take_head(&mut self, slice: &ThreadSlice) {
        self.comment_count = slice.comment_count;
        self.is_closed = slice.is_closed;
        self.edit_window_s = slice.edit_window_s;
        self.sort = slice.sort;
    }

    fn take_in(&mut self, mut comment: Comment, is_gapless: bool) {
        let id = comment.id;
        // A comment whose parent is not here has no place on screen.
        let Some(siblings) = self.children_mut(comment.parent_id) else { return };
        if is_gapless {
            let has_moved = siblings.go_on_with(id);
            self.generation += u32::from(has_moved);
        } else {
            siblings.add_stray(id);
        }
        let more = comment.more.take();
        match self.nodes.get_mut(&id) {
            Some(node) => {
                node.version += u32::from(node.comment != comment);
                node.comment = comment;
                if node.replies.shown.is_empty() {
                    node.replies.more = more;
                }
            }
            None => {
                let mut node = Node::new(comment);
                node.replies.more = more;
                self.nodes.insert(id, node);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{outline, slice, state_of};
    use super::*;
    use afterword_wire::More;

    fn more(count: u32) -> Option<More> {
        Some(More { cursor: "c".to_owned(), count })
    }

    #[test]
    fn the_next_slice_goes_on_where_the_first_ended() {
        let mut first = slice(&[(1, None), (2, Some(1))]);
        first.more = more(1);
        let mut state = ThreadState::from_slice(first);
        assert_eq!(outline(&state), ["1", " 2", "more 1"]);
        state.merge_slice(slice(&[(3, None)]), None);
        assert_eq!(outline(&state), ["1", " 2", "3"]);
        assert_eq!(state.generation(), 0, "nothing on screen moved");
    }

    #[test]
    fn a_comment_that_comes_twice_is_there_once() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        state.merge_slice(slice(&[(2, Some(1)), (3, Some(1))]), Some(CommentId(1)));
        assert_eq!(outline(&state), ["1", " 2", " 3"]);
    }

    #[test]
    fn a_permalink_stands_beyond_the_gap_until_the_gap_is_filled() {
        let mut first = slice(&[(1, None)]);
        first.more = more(3);
        let mut state = ThreadState::from_slice(first);
        let mut permalink = slice(&[(4, None), (6, Some(4)), (7, Some(6))]);
        permalink.comments[0].more = more(2);
        state.merge_permalink(permalink, CommentId(6));
        assert_eq!(outline(&state), ["1", "more 2", "4", " more 1", " 6", "  7"]);
        let mut rest = slice(&[(2, None), (3, None), (4, None)]);
        rest.comments[2].more = more(2);
        state.merge_slice(rest, None);
        assert_eq!(outline(&state), ["1", "2", "3", "4", " more 1", " 6", "  7"]);
        assert_eq!(state.generation(), 1, "the stray moved: the list must be built anew");
    }

    #[test]
    fn filling_the_gap_of_a_branch_keeps_its_stray_in_order() {
        let mut state = ThreadState::from_slice(slice(&[]));
        let mut permalink = slice(&[(1, None), (5, Some(1))]);
        permalink.comments[0].more = more(3);
        state.merge_permalink(permalink, CommentId(5));
        state.merge_slice(slice(&[(2, Some(1)), (3, Some(1)), (5, Some(1))]), Some(CommentId(1)));
        assert_eq!(outline(&state), ["1", " 2", " 3", " 5"]);
    }

    #[test]
    fn a_changed_comment_is_drawn_anew_and_an_unchanged_one_is_not() {
        let mut state = state_of(&[(1, None), (2, None)]);
        let before = state.rows();
        let mut again = slice(&[(1, None), (2, None)]);
        again.comments[1].body_html = "<p>changed</p>".to_owned();
        state.merge_slice(again, None);
        let after = state.rows();
        assert_eq!(before[0], after[0]);
        assert_ne!(before[1], after[1]);
    }
}
