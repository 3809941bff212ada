//! What is decided of a new comment, however it is written.

use super::comment_row::CommentRow;
use super::place::Place;
use crate::{InsertComment, StoreError, ThreadId, WriteRefusal};
use afterword_wire::{Author, AuthorId, Comment, CommentId};

/// Where a reply stands that answers `parent`, as it was found on the site, in a page's thread, if that was begun.
///
/// # Errors
/// The comment answered is not listed there, or deleted.
pub(crate) fn place_below(parent: Option<&CommentRow>, thread_id: Option<ThreadId>) -> Result<Place, StoreError> {
    let parent = parent.filter(|parent| Some(parent.thread_id) == thread_id).ok_or(WriteRefusal::ParentNotFound)?;
    if parent.comment.is_deleted() {
        return Err(WriteRefusal::ParentDeleted.into());
    }
    if !parent.is_listed {
        return Err(WriteRefusal::ParentNotFound.into());
    }
    Ok(Place::answering(parent))
}

/// The new comment as readers see it.
pub(crate) fn as_readers_see(write: &InsertComment, comment_id: CommentId, author_id: AuthorId, place: Place) -> Comment {
    let author = Author { id: author_id, name: write.author_name.clone(), website: write.author_website.clone() };
    Comment {
        id: comment_id,
        parent_id: place.parent_id,
        depth: place.depth,
        answers_name: place.answers_name,
        author: Some(author),
        created_at: write.now,
        edited_at: None,
        body_html: write.body_html.clone(),
        reply_count: 0,
        more: None,
    }
}
