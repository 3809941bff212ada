//! Where a reply is attached.

use super::comment_row::CommentRow;
use afterword_wire::CommentId;
use afterword_wire::limits::MAX_DEPTH;

/// Where a comment stands in its thread.
#[derive(Default)]
pub(crate) struct Place {
    /// The comment above it.
    pub(crate) parent_id: Option<CommentId>,
    /// 0 for a root comment.
    pub(crate) depth: u16,
    /// Whom it answers when that is not its parent.
    pub(crate) answers_name: Option<String>,
}

impl Place {
    /// Below the comment answered; beside it, naming it, when that one is at the greatest depth already.
    pub(crate) fn answering(answered: &CommentRow) -> Self {
        let comment = &answered.comment;
        if comment.depth < MAX_DEPTH {
            return Self { parent_id: Some(comment.id), depth: comment.depth + 1, answers_name: None };
        }
        let answers_name = Some(answered.author_name.clone()).filter(|name| !name.is_empty());
        Self { parent_id: comment.parent_id, depth: comment.depth, answers_name }
    }
}
