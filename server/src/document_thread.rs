//! The comments that a document shows: a slice, a branch, or what surrounds one comment.

use crate::answer_cache::Subject;
use crate::app::App;
use crate::document_view::DocumentView;
use crate::failure::{Answer, Failure};
use crate::reading::{self, kept_slice};
use afterword_store::search::SearchQuery;
use afterword_store::{Listing, Site};
use afterword_widget::paint::{DocumentSearch, Focus};
use afterword_widget::state::ThreadState;
use afterword_wire::limits::DEFAULT_SEARCH_HITS;
use afterword_wire::{Comment, CommentId, ErrorCode, More, ThreadSlice};

/// What a document shows of a thread.
#[derive(Debug, Default)]
pub struct Found {
    /// The comments.
    pub state: ThreadState,
    /// What was looked for, and found instead of comments.
    pub search: Option<DocumentSearch>,
    /// The branch that is shown by itself, if one is.
    pub focus: Option<Focus>,
    /// Where to go back with root comments, in a listing that began at a date.
    pub before: Option<More>,
    /// Whether a comment was asked for that is not there.
    pub is_gone: bool,
}

/// Finds the comments for a view, in memory where they are kept.
///
/// # Errors
/// Those of the store.
pub async fn find_comments(app: &App, site: &Site, view: &DocumentView) -> Answer<Found> {
    if let Some(typed) = &view.search {
        return search(app, site, view, typed).await;
    }
    let found = match view.comment {
        None => read_thread(app, site, view, view.listing.clone()).await?,
        Some(comment_id) => match read_branch(app, site, view, comment_id).await {
            // Its cursor is none of the thread's.
            Err(failure) if failure.code() == ErrorCode::CommentNotFound => {
                let listing = Listing { cursor: None, ..view.listing.clone() };
                Found { is_gone: true, ..read_thread(app, site, view, listing).await? }
            }
            found => found?,
        },
    };
    let missing = view.target().filter(|target| found.state.comment(*target).is_none());
    let Some(target) = missing else { return Ok(found) };
    match read_permalink(app, site, view, target, view.listing.limit).await {
        Ok(slice) => {
            let mut state = ThreadState::default();
            state.merge_permalink(slice, target);
            Ok(Found { state, ..Found::default() })
        }
        Err(failure) if failure.code() == ErrorCode::CommentNotFound => Ok(Found { is_gone: true, ..found }),
        Err(failure) => Err(failure),
    }
}

/// The head of the thread, and the comments in which something stands.
async fn search(app: &App, site: &Site, view: &DocumentView, typed: &str) -> Answer<Found> {
    let listing = Listing { cursor: None, ..view.listing.clone() };
    let slice = kept_slice(app, site, Subject::Thread(view.page_key.clone()), listing).await?;
    let state = ThreadState::from_slice(ThreadSlice { comments: Vec::new(), more: None, ..slice });
    let query = SearchQuery::parse(typed).map_err(|error| Failure::invalid_field("q", error.to_string()))?;
    let cursor = view.listing.cursor.clone();
    let results = reading::search(app, site, &view.page_key, &query, DEFAULT_SEARCH_HITS, cursor).await?;
    let search = Some(DocumentSearch { typed: typed.to_owned(), results });
    Ok(Found { state, search, ..Found::default() })
}

async fn read_thread(app: &App, site: &Site, view: &DocumentView, listing: Listing) -> Answer<Found> {
    let mut slice = kept_slice(app, site, Subject::Thread(view.page_key.clone()), listing).await?;
    let before = slice.before.take();
    Ok(Found { state: ThreadState::from_slice(slice), before, ..Found::default() })
}

/// A comment and the replies below it, as a thread of their own, and apart from it what stands above.
async fn read_branch(app: &App, site: &Site, view: &DocumentView, comment_id: CommentId) -> Answer<Found> {
    // Of what surrounds the comment only the way down to it is wanted.
    let around = read_permalink(app, site, view, comment_id, 1).await?;
    let mut line = line_to(around.comments, comment_id);
    let head = line.pop().ok_or_else(|| Failure::new(ErrorCode::CommentNotFound, "there is no such comment here"))?;
    let mut slice = kept_slice(app, site, Subject::Branch(comment_id), view.listing.clone()).await?;
    for comment in &mut slice.comments {
        comment.depth = comment.depth.saturating_sub(head.depth);
    }
    slice.comments.insert(0, Comment { depth: 0, parent_id: None, more: slice.more.take(), ..head });
    let mut state = ThreadState::from_slice(slice);
    state.mark(comment_id);
    Ok(Found { state, focus: Some(Focus { comment_id, line }), ..Found::default() })
}

/// The comments from the root down to one of them; empty when it is not among them.
fn line_to(comments: Vec<Comment>, comment_id: CommentId) -> Vec<Comment> {
    let mut wanted = Some(comment_id);
    // Parents stand before their replies.
    let upwards = comments.into_iter().rev().filter(|comment| {
        let is_next = wanted == Some(comment.id);
        wanted = if is_next { comment.parent_id } else { wanted };
        is_next
    });
    let mut line: Vec<Comment> = upwards.collect();
    line.reverse();
    line
}

async fn read_permalink(app: &App, site: &Site, view: &DocumentView, comment_id: CommentId, limit: u32) -> Answer<ThreadSlice> {
    let subject = Subject::Permalink(view.page_key.clone(), comment_id);
    kept_slice(app, site, subject, Listing { sort: view.listing.sort, limit, ..Listing::default() }).await
}
