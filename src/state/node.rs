//! A comment in its place: with its replies, and with what the viewer has opened and folded there.

use super::{Children, SetPlace};
use afterword_wire::Comment;

/// A loaded comment.
#[derive(Clone, Debug)]
pub struct Node {
    /// The comment.
    pub comment: Comment,
    /// Its replies as far as loaded.
    pub replies: Children,
    /// What the viewer did with it.
    pub look: Look,
    /// Where it stands among its siblings.
    pub place: SetPlace,
    /// How often its row's look has changed.
    pub version: u32,
}

/// What the viewer has opened and folded at one comment.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The branch is folded into one line.
    pub is_collapsed: bool,
    /// The long body is shown whole.
    pub is_unfolded: bool,
    /// The form to answer it is open.
    pub is_replying: bool,
    /// The viewer is being asked whether it is really to be deleted.
    pub is_asking_to_delete: bool,
    /// A permalink led here.
    pub is_marked: bool,
    /// It was told live, and so is not new since the last visit.
    pub is_told_live: bool,
    /// The text it is being edited from.
    pub editing: Option<String>,
    /// Why the last attempt to change it failed.
    pub failure: Option<String>,
}

impl Node {
    /// A comment as it comes from the server.
    #[must_use]
    pub fn new(comment: Comment) -> Self {
        Self { comment, replies: Children::default(), look: Look::default(), place: SetPlace::default(), version: 0 }
    }
}
