//! Where a comment stands among its siblings, as assistive technology is told: the list on screen is flat and seldom whole.

use super::{Children, RowKey, ThreadState};
use afterword_wire::CommentId;

/// "1 of 3", counted within the whole thread, not within what is loaded. The level is the comment's depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetPlace {
    /// From 1 on, among the comments with the same parent.
    pub position: u32,
    /// How many comments have that parent.
    pub size: u32,
}

impl ThreadState {
    /// Notes the place of every comment on screen and returns those whose place is another than before.
    pub fn note_places(&mut self) -> Vec<(CommentId, SetPlace)> {
        // How many siblings have been passed of how many, at each depth down to the row before.
        let mut passed: Vec<SetPlace> = Vec::new();
        let mut changed = Vec::new();
        for row in self.rows() {
            let depth = usize::from(row.depth);
            passed.resize(depth + 1, SetPlace::default());
            passed[depth].position += match row.key {
                RowKey::Comment(_) | RowKey::Edit(_) | RowKey::Pending(_) => 1,
                // What is left out stands here.
                RowKey::More(parent_id) => self.children(parent_id).map_or(0, Children::hidden_count),
                RowKey::Reply(_) => 0,
            };
            let (RowKey::Comment(id) | RowKey::Edit(id)) = row.key else { continue };
            if passed[depth].size == 0 {
                passed[depth].size = self.sibling_count(self.comment(id).and_then(|comment| comment.parent_id));
            }
            let place = passed[depth];
            if let Some(node) = self.nodes.get_mut(&id).filter(|node| node.place != place) {
                node.place = place;
                changed.push((id, place));
            }
        }
        changed
    }

    /// Comments with that parent: loaded, left out and on their way.
    fn sibling_count(&self, parent_id: Option<CommentId>) -> u32 {
        let listed = self.children(parent_id);
        let loaded = listed.map_or(0, |siblings| siblings.ids().count());
        let pending = self.pending.iter().filter(|pending| pending.parent_id == parent_id).count();
        u32::try_from(loaded + pending).unwrap_or(u32::MAX).saturating_add(listed.map_or(0, Children::hidden_count))
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{slice, state_of};
    use super::*;
    use afterword_wire::More;

    /// The places in the order of the rows.
    fn heard(state: &ThreadState) -> Vec<String> {
        let place = |key| match key {
            RowKey::Comment(id) => state.node(id).map(|node| format!("{} of {}", node.place.position, node.place.size)),
            _ => None,
        };
        state.rows().into_iter().filter_map(|row| place(row.key)).collect()
    }

    #[test]
    fn each_branch_is_counted_for_itself() {
        let state = state_of(&[(1, None), (2, Some(1)), (4, Some(2)), (3, Some(1)), (5, None), (6, Some(5))]);
        assert_eq!(heard(&state), ["1 of 2", "1 of 2", "1 of 1", "2 of 2", "2 of 2", "1 of 1"]);
    }

    #[test]
    fn what_is_not_loaded_counts() {
        let mut first = slice(&[(1, None), (2, None)]);
        first.more = Some(More { cursor: "c".to_owned(), count: 8 });
        let mut state = ThreadState::from_slice(first);
        assert_eq!(heard(&state), ["1 of 10", "2 of 10"]);
        state.merge_permalink(slice(&[(9, None)]), CommentId(9));
        state.note_places();
        assert_eq!(heard(&state), ["1 of 10", "2 of 10", "10 of 10"]);
    }

    #[test]
    fn only_a_place_that_has_changed_is_told() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None)]);
        assert_eq!(state.note_places(), []);
        state.merge_slice(slice(&[(4, None)]), None);
        let place = |position| SetPlace { position, size: 3 };
        assert_eq!(state.note_places(), [(CommentId(1), place(1)), (CommentId(3), place(2)), (CommentId(4), place(3))]);
    }

    #[test]
    fn a_form_is_no_sibling() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        state.open_reply(CommentId(1));
        assert_eq!(state.note_places(), []);
    }
}
