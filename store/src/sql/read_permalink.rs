//! One comment in its surroundings.

use super::comment_row::{CommentRow, comment_columns};
use super::dialect::{Connection, join};
use super::fill::fill;
use super::read_slice::head;
use super::sibling_order::{SiblingOrder, Start, read_siblings};
use super::thread::find_thread;
use crate::slice::outline::{Outline, Place};
use crate::{Listing, Site, StoreError, ThreadId};
use afterword_wire::{Comment, CommentId, ThreadSlice};

/// Siblings shown on either side of the comment asked for.
const NEIGHBOURS: u32 = 2;

/// A comment and everything above it, the comment first: takes thread and comment.
pub(crate) const LINE: &str = concat!(
    "WITH RECURSIVE line (line_id, above_id) AS (SELECT comment_id, parent_id FROM comment WHERE thread_id = $1 AND comment_id = $2 \
     UNION ALL SELECT comment_id, parent_id FROM line ",
    join!(),
    " comment ON thread_id = $1 AND comment_id = above_id) SELECT ",
    comment_columns!(),
    " FROM line ",
    join!(),
    " comment ON comment.thread_id = $1 AND comment.comment_id = line_id"
);

/// The comment with its ancestors, its neighbours and its first replies. `None` when the page has no such listed comment.
pub(crate) async fn read_permalink(
    connection: &mut Connection,
    site: &Site,
    page_key: &str,
    comment_id: CommentId,
    listing: &Listing,
) -> Result<Option<ThreadSlice>, StoreError> {
    let Some(thread) = find_thread(connection, site.id, page_key).await?.map(|row| row.thread) else {
        return Ok(None);
    };
    let mut line = read_line(connection, thread.id, comment_id).await?;
    let Some(asked) = line.pop().filter(|last| last.id == comment_id) else {
        return Ok(None);
    };
    let mut outline = Outline::default();
    let parent = line.into_iter().fold(None, |above, ancestor| Some(add_below(&mut outline, above, ancestor)));
    let order = if parent.is_some() { SiblingOrder::IdAscending } else { SiblingOrder::of_roots(listing.sort) };
    let (before, after) = read_neighbours(connection, thread.id, &asked, order).await?;
    for comment in before {
        add_below(&mut outline, parent, comment);
    }
    let asked = add_below(&mut outline, parent, asked);
    for comment in after {
        add_below(&mut outline, parent, comment);
    }
    fill(connection, thread.id, &mut outline, vec![asked], listing.limit).await?;
    let head = head(connection, site, &thread, listing.sort).await?;
    Ok(Some(ThreadSlice { comments: outline.into_rows(), ..head }))
}

fn add_below(outline: &mut Outline, parent: Option<Place>, comment: Comment) -> Place {
    match parent {
        Some(parent) => outline.add_reply_from_within(parent, comment),
        None => outline.add_top(comment),
    }
}

/// The comments from the root down to the one asked for, listed ones only.
async fn read_line(connection: &mut Connection, thread_id: ThreadId, comment_id: CommentId) -> Result<Vec<Comment>, StoreError> {
    let line: Vec<CommentRow> =
        sqlx::query_as(LINE).bind(thread_id.0).bind(comment_id.0.cast_signed()).fetch_all(connection).await?;
    let mut comments: Vec<Comment> = line.into_iter().filter(|row| row.is_listed).map(|row| row.comment).collect();
    comments.sort_by_key(|comment| comment.depth);
    Ok(comments)
}

/// Up to [`NEIGHBOURS`] siblings before and after a comment, in reading order.
async fn read_neighbours(
    connection: &mut Connection,
    thread_id: ThreadId,
    asked: &Comment,
    order: SiblingOrder,
) -> Result<(Vec<Comment>, Vec<Comment>), StoreError> {
    let start = Start::of(asked);
    let mut before = read_siblings(connection, thread_id, asked.parent_id, order.reversed(), start, NEIGHBOURS).await?;
    before.reverse();
    let after = read_siblings(connection, thread_id, asked.parent_id, order, start, NEIGHBOURS).await?;
    Ok((before, after))
}
