//! A slice of a page's thread, and of a branch.

use super::comment_row::find_comment;
use super::sibling_list::{Listed, SiblingList};
use super::thread::{find_thread, read_thread};
use crate::slice::cursor::Siblings;
use crate::{Listing, Site, StoreError, Thread};
use afterword_wire::{CommentId, Sort, ThreadSlice};
use sqlx::SqliteConnection;

/// Root comments from the cursor on, each with its first replies as far as there is room.
pub(super) async fn read_slice(
    connection: &mut SqliteConnection,
    site: &Site,
    page_key: &str,
    listing: &Listing,
) -> Result<ThreadSlice, StoreError> {
    let Some(row) = find_thread(connection, site.id, page_key).await? else {
        // Nothing was listed here, so no cursor can be of this listing.
        return if listing.cursor.is_some() { Err(StoreError::InvalidCursor) } else { Ok(head(site, None, listing.sort)) };
    };
    let siblings = Siblings::Roots(listing.sort);
    let roots = SiblingList { thread_id: row.thread.id, parent_id: None, siblings, count: row.root_count };
    let Listed { comments, before, more } = roots.read(connection, listing).await?;
    Ok(ThreadSlice { comments, before, more, ..head(site, Some(&row.thread), listing.sort) })
}

/// Replies below a comment from the cursor on. `None` when no such comment is listed on the site.
pub(super) async fn read_branch(
    connection: &mut SqliteConnection,
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
    Ok(Some(ThreadSlice { comments, before, more, ..head(site, Some(&thread), listing.sort) }))
}

/// A slice without comments yet; of a thread that nobody began, if there is none.
pub(super) fn head(site: &Site, thread: Option<&Thread>, sort: Sort) -> ThreadSlice {
    ThreadSlice {
        comment_count: thread.map_or(0, |thread| thread.comment_count),
        is_closed: thread.is_some_and(|thread| thread.is_closed),
        edit_window_s: site.edit_window_s,
        sort,
        comments: Vec::new(),
        before: None,
        more: None,
    }
}
