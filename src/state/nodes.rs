//! The loaded comments, by id.

use super::Node;
use afterword_wire::CommentId;

/// A map in a list, sorted by id. Ids are ordered by time, so that most comments come in near the end; what moves for the
/// others is two words each. The standard library's tree would be the larger part of a reader's download (docs/decisions/0012).
#[derive(Clone, Debug, Default)]
pub struct Nodes(Vec<(CommentId, Box<Node>)>);

impl Nodes {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The comment with that id.
    #[must_use]
    pub fn get(&self, id: &CommentId) -> Option<&Node> {
        self.place(id).ok().map(|at| &*self.0[at].1)
    }

    /// The comment with that id, to be changed.
    pub fn get_mut(&mut self, id: &CommentId) -> Option<&mut Node> {
        self.place(id).ok().map(|at| &mut *self.0[at].1)
    }

    /// Whether it is loaded.
    #[must_use]
    pub fn contains_key(&self, id: &CommentId) -> bool {
        self.place(id).is_ok()
    }

    /// Takes a comment in, in the place of one with the same id.
    pub fn insert(&mut self, id: CommentId, node: Node) {
        match self.place(&id) {
            Ok(at) => *self.0[at].1 = node,
            Err(at) => self.0.insert(at, (id, Box::new(node))),
        }
    }

    /// Takes a comment out.
    pub fn remove(&mut self, id: &CommentId) -> Option<Node> {
        self.place(id).ok().map(|at| *self.0.remove(at).1)
    }

    /// All of them, first written first.
    pub fn iter(&self) -> impl Iterator<Item = (&CommentId, &Node)> {
        self.0.iter().map(|(id, node)| (id, &**node))
    }

    /// The ids of all of them, first written first.
    pub fn keys(&self) -> impl Iterator<Item = &CommentId> {
        self.0.iter().map(|(id, _)| id)
    }

    /// Where it stands, or would stand.
    fn place(&self, id: &CommentId) -> Result<usize, usize> {
        self.0.binary_search_by_key(id, |(known, _)| *known)
    }
}

impl IntoIterator for Nodes {
    type Item = (CommentId, Box<Node>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::slice;
    use super::*;

    #[test]
    fn comments_stand_in_the_order_of_their_ids_however_they_come() {
        let mut nodes = Nodes::default();
        for id in [3, 1, 2, 3] {
            nodes.insert(CommentId(id), Node::new(slice(&[(id, None)]).comments.remove(0)));
        }
        assert!(nodes.keys().copied().eq([1, 2, 3].map(CommentId)));
        assert_eq!(nodes.remove(&CommentId(2)).map(|node| node.comment.id), Some(CommentId(2)));
        assert!(nodes.get(&CommentId(2)).is_none() && nodes.contains_key(&CommentId(3)));
    }
}
