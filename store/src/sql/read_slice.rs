//! A slice of a page's thread, and of a branch.

use super::change_log::newest_change;
use super::comment_row::find_comment;
use super::dialect::Connection;
use super::sibling_list::{Listed, SiblingList};
use super::thread::{find_thread, read_thread};
use crate::slice::cursor::Siblings;
use crate::{Listing, Site, StoreError, Thread};
use afterword_wire::{CommentId, Sort, ThreadSlice};

/// Root comments from the cursor on, each with its first replies as far as there is room.
pub(crate) async fn read_slice(
    connection: &mut Connection,
    site: &Site,
    page_key: &str,
    listing: &Listing,
) -> Result<ThreadSlice, StoreError> {
    let Some(row) = find_thread(connection, site.id, page_key).await? else {
        // Nothing was listed here, so no cursor can be of this listing.
        return if listing.cursor.is_some() { Err(StoreError::InvalidCursor) } else { Ok(empty(site, listing.sort)) };
    };
    let siblings = Siblings::Roots(listing.sort);
    let roots = SiblingList { thread_id: row.thread.id, parent_id: None, siblings, count: row.root_count };
    let Listed { comments, before, more } = roots.read(connection, listing).await?;
    Ok(ThreadSlice { comments, before, more, ..head(connection, site, &row.thread, listing.sort).await? })
}

/// Replies below a comment from the cursor on. `None` when no such comment is listed on the site.
pub(crate) async fn read_branch(
    connection: &mut Connection,
    site: &Site,
    comment_id: CommentId,
    listing: &Listing,
) -> Result<Option<ThreadSlice>, StoreError> {
    let Some(row) = find_comment(connection, site.id, comment_id).await?.filter(|row| row.is_listed) else {
        return Ok(None);
    };
    let thread = read_thread(connection, row.thread_id).await?.thread;
    let replies = SiblingList {
        thread_id: thread.id,
        parent_id: Some(comment_id),
        siblings: Siblings::Replies,
        count: row.comment.reply_count,
    };
    let listing = &Listing { at: None, ..listing.clone() };
    let Listed { comments, before, more } = replies.read(connection, listing).await?;
    Ok(Some(ThreadSlice { comments, before, more, ..head(connection, site, &thread, listing.sort).await? }))
}

/// A slice of a thread without comments yet.
pub(crate) async fn head(
    connection: &mut Connection,
    site: &Site,
    thread: &Thread,
    sort: Sort,
) -> Result<ThreadSlice, StoreError> {
    let (comment_count, is_closed) = (thread.comment_count, thread.is_closed);
    let as_of = newest_change(connection, thread.id).await?;
    Ok(ThreadSlice { comment_count, is_closed, as_of, ..empty(site, sort) })
}

/// What stands under a page whose thread nobody began.
fn empty(site: &Site, sort: Sort) -> ThreadSlice {
    ThreadSlice {
        comment_count: 0,
        is_closed: false,
        edit_window_s: site.edit_window_s,
        sort,
        comments: Vec::new(),
        before: None,
        more: None,
        as_of: None,
    }
}
