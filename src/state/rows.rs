//! The thread as the flat list of rows that is on screen.

use super::{PendingComment, ThreadState};
use afterword_wire::CommentId;

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    /// A comment.
    Comment(CommentId),
    /// A comment being edited: the form stands in its place.
    Edit(CommentId),
    /// The form to answer a comment, below it.
    Reply(CommentId),
    /// A comment on its way to the server, by its number in this session.
    Pending(u32),
    /// The way to more siblings below a parent; `None` for more root comments.
    More(Option<CommentId>),
}

/// One row. A row is drawn once; what would change its look changes its version, and the list draws it anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub key: RowKey,
    /// How often its look has changed.
    pub version: u32,
    /// How deep it stands; 0 at the root.
    pub depth: u16,
}

/// What is still to be listed, last first.
enum Open {
    Comment(CommentId),
    Siblings(Option<CommentId>, u16),
    Row(Row),
}

impl ThreadState {
    /// Every row on screen, in reading order. Work and memory grow with what is loaded, never with depth.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.nodes.len() + 8);
        let mut open = vec![Open::Siblings(None, 0)];
        while let Some(next) = open.pop() {
            match next {
                Open::Row(row) => rows.push(row),
                Open::Siblings(parent_id, depth) => self.open_siblings(parent_id, depth, &mut open),
                Open::Comment(id) => {
                    let Some(node) = self.nodes.get(&id) else { continue };
                    let depth = node.comment.depth;
                    rows.push(match node.look.editing {
                        // Never drawn anew: somebody types in it.
                        Some(_) => Row { key: RowKey::Edit(id), version: 0, depth },
                        None => Row { key: RowKey::Comment(id), version: node.version, depth },
                    });
                    if !node.look.is_collapsed {
                        open.push(Open::Siblings(Some(id), depth + 1));
                        if node.look.is_replying {
                            open.push(Open::Row(Row { key: RowKey::Reply(id), version: 0, depth: depth + 1 }));
                        }
                    }
                }
            }
        }
        rows
    }

    /// The siblings below a parent in the order shown, onto the stack and so last first.
    fn open_siblings(&self, parent_id: Option<CommentId>, depth: u16, open: &mut Vec<Open>) {
        // A pending reply whose parent is not loaded has its place on top: it must be seen.
        let place = |pending: &PendingComment| pending.parent_id.filter(|id| self.nodes.contains_key(id));
        let pending = self.pending.iter().filter(|pending| place(pending) == parent_id);
        let pending =
            pending.map(|pending| Open::Row(Row { key: RowKey::Pending(pending.number), version: pending.version, depth }));
        let is_root = parent_id.is_none();
        let start = open.len();
        let siblings = self.children(parent_id);
        if is_root {
            open.extend(pending.clone().rev());
        }
        if let Some(siblings) = siblings {
            open.extend(siblings.front.iter().chain(&siblings.shown).map(|id| Open::Comment(*id)));
            if siblings.more.is_some() {
                open.push(Open::Row(Row { key: RowKey::More(parent_id), version: siblings.more_version, depth }));
            }
            open.extend(siblings.stray.iter().map(|id| Open::Comment(*id)));
        }
        if !is_root {
            open.extend(pending);
        }
        open[start..].reverse();
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty() && self.roots.more.is_none() && self.roots.ids().next().is_none()
    }

    /// How many loaded comments stand below one.
    #[must_use]
    pub fn loaded_below(&self, id: CommentId) -> u32 {
        let mut count = 0;
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let Some(children) = self.children(Some(next)) else { continue };
            for child in children.ids() {
                count += 1;
                open.push(child);
            }
            count += children.hidden_count();
        }
        count
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::state::{Children, FormKey};
    use afterword_wire::{Author, AuthorId, Comment, Sort, ThreadSlice, Timestamp};

    /// A slice of comments given as (id, parent); depth follows from the parents in it.
    pub fn slice(comments: &[(u64, Option<u64>)]) -> ThreadSlice {
        let depth = |parent: Option<u64>| {
            std::iter::successors(parent, |id| comments.iter().find(|(known, _)| known == id).and_then(|(_, up)| *up)).count()
        };
        let comments: Vec<_> = comments
            .iter()
            .map(|(id, parent)| Comment {
                id: CommentId(*id),
                parent_id: parent.map(CommentId),
                depth: u16::try_from(depth(*parent)).expect("a small depth"),
                answers_name: None,
                author: Some(Author { id: AuthorId(*id % 3), name: format!("Author {id}"), website: None }),
                created_at: Timestamp(0),
                edited_at: None,
                body_html: String::new(),
                reply_count: 0,
                more: None,
            })
            .collect();
        ThreadSlice {
            comment_count: u32::try_from(comments.len()).expect("few"),
            is_closed: false,
            edit_window_s: 900,
            sort: Sort::Oldest,
            comments,
            before: None,
            more: None,
            as_of: None,
        }
    }

    pub fn state_of(comments: &[(u64, Option<u64>)]) -> ThreadState {
        ThreadState::from_slice(slice(comments))
    }

    /// The rows as a reader sees them: indented ids.
    pub fn outline(state: &ThreadState) -> Vec<String> {
        state
            .rows()
            .into_iter()
            .map(|row| {
                let text = match row.key {
                    RowKey::Comment(id) => format!("{}", id.0),
                    RowKey::Edit(id) => format!("edit {}", id.0),
                    RowKey::Reply(id) => format!("reply {}", id.0),
                    RowKey::Pending(number) => format!("pending {number}"),
                    RowKey::More(parent) => format!("more {}", state.children(parent).map_or(0, Children::hidden_count)),
                };
                format!("{}{text}", " ".repeat(usize::from(row.depth)))
            })
            .collect()
    }

    fn toggle(state: &mut ThreadState, id: u64) {
        state.update_look(CommentId(id), |look| look.is_collapsed = !look.is_collapsed);
    }

    #[test]
    fn rows_stand_depth_first() {
        let state = state_of(&[(1, None), (2, Some(1)), (4, Some(2)), (3, Some(1)), (5, None)]);
        assert_eq!(outline(&state), ["1", " 2", "  4", " 3", "5"]);
    }

    #[test]
    fn a_collapsed_branch_is_one_row() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (4, Some(2)), (5, None)]);
        toggle(&mut state, 1);
        assert_eq!(outline(&state), ["1", "5"]);
        assert_eq!(state.loaded_below(CommentId(1)), 2);
        toggle(&mut state, 1);
        assert_eq!(outline(&state), ["1", " 2", "  4", "5"]);
    }

    #[test]
    fn a_reply_form_stands_right_below_its_comment() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        state.open_reply(CommentId(1));
        assert_eq!(outline(&state), ["1", " reply 1", " 2"]);
        state.close_form(FormKey::Reply(CommentId(1)));
        assert_eq!(outline(&state), ["1", " 2"]);
    }

    #[test]
    fn an_edit_form_stands_in_the_place_of_its_comment() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        state.update_look(CommentId(1), |look| look.editing = Some("typed".to_owned()));
        assert_eq!(outline(&state), ["edit 1", " 2"]);
    }

    #[test]
    fn a_form_is_not_drawn_anew_while_somebody_types_in_it() {
        let mut state = state_of(&[(1, None), (2, None)]);
        state.update_look(CommentId(1), |look| look.editing = Some("typed".to_owned()));
        state.open_reply(CommentId(2));
        let before = state.rows();
        state.touch(CommentId(1));
        state.touch(CommentId(2));
        let after = state.rows();
        assert_eq!((before[0], before[2]), (after[0], after[2]));
    }

    #[test]
    fn answering_a_collapsed_comment_opens_its_branch() {
        let mut state = state_of(&[(1, None), (2, Some(1))]);
        toggle(&mut state, 1);
        state.open_reply(CommentId(1));
        assert_eq!(outline(&state), ["1", " reply 1", " 2"]);
    }

    #[test]
    fn a_permalink_opens_every_branch_above_it() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, Some(2))]);
        toggle(&mut state, 2);
        toggle(&mut state, 1);
        state.mark(CommentId(3));
        assert_eq!(outline(&state), ["1", " 2", "  3"]);
    }
}
