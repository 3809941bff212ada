//! Who answers whom on one page, whatever the file says.

use std::collections::HashMap;

/// The comments of a page as a forest.
pub(super) struct Forest {
    /// The parent of each comment, by position; `None` for a root comment.
    pub(super) parents: Vec<Option<usize>>,
    /// All positions, parents before replies, otherwise in the order of the file.
    pub(super) order: Vec<usize>,
    /// Positions that named a parent which is not there, or answered in a circle; they are root comments now.
    pub(super) orphans: Vec<usize>,
}

/// Makes the forest from each comment's id and the id it answers (`""` and `"0"` for nobody). Parents may come later, be missing,
/// or answer their own replies; no depth is too deep.
pub(super) fn forest(comments: &[(&str, &str)]) -> Forest {
    let mut positions = HashMap::new();
    for (at, (id, _)) in comments.iter().enumerate().filter(|(_, (id, _))| !id.is_empty()) {
        positions.entry(*id).or_insert(at);
    }
    let mut orphans = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(comments.len());
    for (at, (_, answered)) in comments.iter().enumerate() {
        let names_one = !matches!(*answered, "" | "0");
        let parent = positions.get(answered).copied().filter(|parent| names_one && *parent != at);
        if names_one && parent.is_none() {
            orphans.push(at);
        }
        parents.push(parent);
    }
    let order = order(&mut parents, &mut orphans);
    Forest { parents, order, orphans }
}

/// Walks up from each comment to one already placed, then places what was passed; meeting oneself on the way is a circle.
fn order(parents: &mut [Option<usize>], orphans: &mut Vec<usize>) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        OnTheWay,
        Placed,
    }
    let mut states = vec![State::Unseen; parents.len()];
    let mut order = Vec::with_capacity(parents.len());
    let mut way = Vec::new();
    for first in 0..parents.len() {
        let mut next = Some(first);
        while let Some(at) = next.filter(|at| states[*at] == State::Unseen) {
            states[at] = State::OnTheWay;
            way.push(at);
            if parents[at].is_some_and(|parent| states[parent] == State::OnTheWay) {
                parents[at] = None;
                orphans.push(at);
            }
            next = parents[at];
        }
        while let Some(at) = way.pop() {
            states[at] = State::Placed;
            order.push(at);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_that_comes_later_comes_first() {
        let forest = forest(&[("2", "1"), ("1", "0"), ("3", "2")]);
        assert_eq!(forest.order, [1, 0, 2]);
        assert_eq!(forest.parents, [Some(1), None, Some(0)]);
        assert!(forest.orphans.is_empty());
    }

    #[test]
    fn a_reply_to_a_missing_comment_is_a_root_comment() {
        let forest = forest(&[("1", "99"), ("2", "1")]);
        assert_eq!((forest.parents, forest.orphans), (vec![None, Some(0)], vec![0]));
    }

    #[test]
    fn a_circle_is_opened() {
        let forest = forest(&[("1", "3"), ("2", "1"), ("3", "2"), ("4", "4")]);
        assert_eq!(forest.order.len(), 4);
        assert_eq!(forest.orphans.len(), 2);
        for (place, at) in forest.order.iter().enumerate() {
            let parent = forest.parents[*at];
            assert!(parent.is_none_or(|parent| forest.order[..place].contains(&parent)));
        }
    }

    #[test]
    fn a_chain_of_any_depth_is_ordered() {
        let ids: Vec<String> = (0..100_000).map(|id| (id + 1).to_string()).collect();
        let mut chain: Vec<(&str, &str)> = ids.windows(2).map(|pair| (&*pair[1], &*pair[0])).collect();
        chain.reverse();
        assert_eq!(forest(&chain).order.len(), chain.len());
    }
}
