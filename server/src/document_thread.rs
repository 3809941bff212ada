//! The comments that a document shows: a slice, a branch, or what surrounds one comment.

use crate::answer_cache::Subject;
use crate::app::App;
use crate::document_view::DocumentView;
use crate::failure::{Answer, Failure};
use crate::reading::{self, kept_slice};
use afterword_store::search::SearchQuery;
use afterword_store::{Listing, Site};
use afterword_widget::paint::DocumentSearch;
use afterword_widget::state::ThreadState;
use afterword_wire::limits::DEFAULT_SEARCH_HITS;
use afterword_wire::{Comment, CommentId, ErrorCode, ThreadSlice};

/// What a document shows of a thread.
#[derive(Debug, Default)]
pub struct Found {
    /// The comments.
    pub state: ThreadState,
    /// What was looked for, and found instead of comments.
    pub search: Option<DocumentSearch>,
    /// Whether a comment was asked for that is not there.
    pub is_gone: bool,
}

/// Finds the comments for a view, in memory where they are kept.
///
/// # Errors
/// Those of the store; `comment_not_found` for a branch that is not there.
pub async fn find_comments(app: &App, site: &Site, view: &DocumentView) -> Answer<Found> {
    if let Some(typed) = &view.search {
        return search(app, site, view, typed).await;
    }
    let state = match view.branch {
        Some(branch) => read_branch(app, site, view, branch).await?,
        None => {
            let subject = Subject::Thread(view.page_key.clone());
            ThreadState::from_slice(kept_slice(app, site, subject, view.listing.clone()).await?)
        }
    };
    let missing = view.target().filter(|target| state.comment(*target).is_none());
    let Some(target) = missing else { return Ok(Found { state, ..Found::default() }) };
    match read_permalink(app, site, view, target).await {
        Ok(slice) => {
            let mut state = ThreadState::default();
            state.merge_permalink(slice, target);
            Ok(Found { state, ..Found::default() })
        }
        Err(failure) if failure.code() == ErrorCode::CommentNotFound => Ok(Found { state, is_gone: true, ..Found::default() }),
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
    Ok(Found { state, search, is_gone: false })
}

/// A comment and the replies below it, as a thread of their own.
async fn read_branch(app: &App, site: &Site, view: &DocumentView, branch: CommentId) -> Answer<ThreadState> {
    let around = read_permalink(app, site, view, branch).await?;
    let head = around.comments.into_iter().find(|comment| comment.id == branch);
    let head = head.ok_or_else(|| Failure::new(ErrorCode::CommentNotFound, "there is no such comment here"))?;
    let mut slice = kept_slice(app, site, Subject::Branch(branch), view.listing.clone()).await?;
    for comment in &mut slice.comments {
        comment.depth = comment.depth.saturating_sub(head.depth);
    }
    slice.comments.insert(0, Comment { depth: 0, parent_id: None, more: slice.more.take(), ..head });
    Ok(ThreadState::from_slice(slice))
}

async fn read_permalink(app: &App, site: &Site, view: &DocumentView, comment_id: CommentId) -> Answer<ThreadSlice> {
    let subject = Subject::Permalink(view.page_key.clone(), comment_id);
    kept_slice(app, site, subject, Listing { cursor: None, at: None, ..view.listing.clone() }).await
}
