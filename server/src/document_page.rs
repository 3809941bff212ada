//! The document for one reader: with forms that are theirs, and with what is their own.

use crate::answer_cache::Subject;
use crate::app::App;
use crate::device_cookie::DeviceCookie;
use crate::document_view::DocumentView;
use crate::failure::{Answer, Failure};
use crate::form_token::form_token;
use crate::painting::{self, Sheet};
use crate::reach::Reach;
use crate::reading::kept_slice;
use afterword_store::{Listing, Site};
use afterword_widget::paint::{DocumentForm, Purpose, Trouble, Writing};
use afterword_widget::state::{FormText, ThreadState};
use afterword_wire::{AuthorFields, CommentId, ErrorCode, RequestId, ThreadSlice};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

/// Kept by nobody but the reader's own browser, which asks again each time: going back then finds what was typed.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A form that was sent and not taken.
#[derive(Debug)]
pub struct FailedForm {
    /// What was typed.
    pub text: FormText,
    /// Why it was not taken.
    pub trouble: Trouble,
    /// Its request id, unless another is needed to try again.
    pub request_id: Option<RequestId>,
    /// The status of the answer.
    pub status: StatusCode,
}

/// Who reads.
struct Reader {
    cookie: DeviceCookie,
    is_new: bool,
}

/// The document as this reader sees it. After a form that was not taken it shows that form again, even while the store is away.
///
/// # Errors
/// Those of the store, when nothing was typed yet that could be lost.
pub async fn show_page(
    app: &App,
    site: &Site,
    view: &DocumentView,
    headers: &HeaderMap,
    failed: Option<FailedForm>,
) -> Answer<Response> {
    let reading = Box::pin(read_thread(app, site, view)).await;
    let (mut state, mut notice) = match reading {
        Ok((state, is_gone)) => (state, is_gone.then(|| view.lang.strings().comment_gone)),
        Err(failure) if failed.is_some() => {
            failure.log();
            (ThreadState::default(), None)
        }
        Err(failure) => return Err(failure),
    };
    let thread = app.store.find_thread(site.id, &view.page_key).await.unwrap_or_default();
    let reach = if failed.is_some() { Reach::Tab } else { Reach::of(headers, app.settings.public_url.as_deref()) };
    let status = failed.as_ref().map_or(StatusCode::OK, |failed| failed.status);
    let (writing, cookie) = match reach {
        Reach::Frame => (Writing::InNewTab, None),
        Reach::Plain => (Writing::Nowhere, None),
        Reach::Tab => {
            let reader = identify(app, site, headers, &mut state).await;
            let forms = forms(app, site, view, &state, &reader, failed).await;
            if forms.last().is_none_or(|form| form.purpose == Purpose::Post) && is_change(view.purpose) && status.is_success() {
                notice = Some(view.lang.strings().failed_edit_window);
            }
            (Writing::Forms(forms), reader.is_new.then(|| reader.cookie.to_header()).flatten())
        }
    };
    let sheet = Sheet { thread, state, writing, notice: notice.map(str::to_owned) };
    let produced = painting::document(app, site, view, sheet)?;
    let mut response = Response::new(Body::from(produced.bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.extend(produced.extra_headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(produced.content_type));
    headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

/// The comments to show, and whether the one that was asked for is gone.
async fn read_thread(app: &App, site: &Site, view: &DocumentView) -> Answer<(ThreadState, bool)> {
    let state = match view.branch {
        Some(branch) => read_branch(app, site, view, branch).await?,
        None => {
            let subject = Subject::Thread(view.page_key.clone());
            ThreadState::from_slice(kept_slice(app, site, subject, view.listing.clone()).await?)
        }
    };
    let Some(target) = view.target().filter(|target| state.comment(*target).is_none()) else { return Ok((state, false)) };
    match read_permalink(app, site, view, target).await {
        Ok(slice) => {
            let mut state = ThreadState::default();
            state.merge_permalink(slice, target);
            Ok((state, false))
        }
        Err(failure) if failure.code() == ErrorCode::CommentNotFound => Ok((state, true)),
        Err(failure) => Err(failure),
    }
}

/// A comment and the replies below it, as a thread of their own.
async fn read_branch(app: &App, site: &Site, view: &DocumentView, branch: CommentId) -> Answer<ThreadState> {
    let around = read_permalink(app, site, view, branch).await?;
    let head = around.comments.into_iter().find(|comment| comment.id == branch);
    let head = head.ok_or_else(|| Failure::new(ErrorCode::CommentNotFound, "there is no such comment here"))?;
    let (lift, head_depth) = (head.depth, 0);
    let mut below = kept_slice(app, site, Subject::Branch(branch), view.listing.clone()).await?;
    for comment in &mut below.comments {
        comment.depth = comment.depth.saturating_sub(lift);
    }
    let mut head = afterword_wire::Comment { depth: head_depth, parent_id: None, ..head };
    head.more = below.more.take();
    below.comments.insert(0, head);
    Ok(ThreadState::from_slice(below))
}

async fn read_permalink(app: &App, site: &Site, view: &DocumentView, comment_id: CommentId) -> Answer<ThreadSlice> {
    let subject = Subject::Permalink(view.page_key.clone(), comment_id);
    kept_slice(app, site, subject, Listing { cursor: None, ..view.listing.clone() }).await
}

/// Finds out who reads, and puts it into the thread's state. Who cannot be looked up reads as a stranger.
async fn identify(app: &App, site: &Site, headers: &HeaderMap, state: &mut ThreadState) -> Reader {
    let Some(cookie) = DeviceCookie::read(headers) else {
        return Reader { cookie: DeviceCookie::make(&*app.random), is_new: true };
    };
    let author_id = app.store.find_author(site.id, cookie.token_hash(&site.slug)).await.unwrap_or_else(|error| {
        Failure::from(error).log();
        None
    });
    state.viewer.author_id = author_id;
    state.viewer.fields = last_signature(state);
    Reader { cookie, is_new: false }
}

/// How the reader signed last, as far as that stands on the same sheet.
fn last_signature(state: &ThreadState) -> AuthorFields {
    let ids = state.rows().into_iter().filter_map(|row| match row.key {
        afterword_widget::state::RowKey::Comment(id) => state.comment(id),
        _ => None,
    });
    let last = ids.filter(|comment| state.is_own(comment)).max_by_key(|comment| comment.id);
    let author = last.and_then(|comment| comment.author.clone());
    author.map_or_else(AuthorFields::default, |author| AuthorFields { name: author.name, email: None, website: author.website })
}

/// The forms to show: for a new comment always, and last the one that was asked for.
async fn forms(
    app: &App,
    site: &Site,
    view: &DocumentView,
    state: &ThreadState,
    reader: &Reader,
    failed: Option<FailedForm>,
) -> Vec<DocumentForm> {
    let make = |purpose, request_id: Option<RequestId>, text, trouble| {
        let request_id = request_id.unwrap_or_else(|| new_request_id(app));
        let token = form_token(&reader.cookie, &site.slug, &request_id);
        DocumentForm { purpose, request_id: request_id.as_str().to_owned(), token, text, trouble }
    };
    let signature = || FormText { body: String::new(), fields: state.viewer.fields.clone() };
    let mut forms = Vec::with_capacity(2);
    // Where the comment it was about is gone, what was typed stands in the form for a new one.
    let is_here = view.purpose.comment_id().is_none_or(|id| state.comment(id).is_some());
    let purpose = if is_here { view.purpose } else { Purpose::Post };
    if !state.is_closed && purpose != Purpose::Post {
        forms.push(make(Purpose::Post, None, signature(), None));
    }
    match (failed, purpose) {
        (Some(FailedForm { text, trouble, request_id, .. }), _) => forms.push(make(purpose, request_id, text, Some(trouble))),
        (None, Purpose::Post | Purpose::Reply(_)) if state.is_closed => {}
        (None, Purpose::Post | Purpose::Reply(_)) => forms.push(make(purpose, None, signature(), None)),
        (None, Purpose::Edit(id)) => {
            let source = own_source(app, site, state, reader, id).await;
            forms.extend(source.map(|body| make(purpose, None, FormText { body, ..FormText::default() }, None)));
        }
        (None, Purpose::Delete(id)) if is_changeable(app, state, id) => {
            forms.push(make(purpose, None, FormText::default(), None));
        }
        (None, Purpose::Delete(_)) => {}
    }
    forms
}

/// What the reader typed once, if it is theirs and can still be changed.
async fn own_source(app: &App, site: &Site, state: &ThreadState, reader: &Reader, id: CommentId) -> Option<String> {
    if !is_changeable(app, state, id) {
        return None;
    }
    let source = app.store.read_source(site.id, id).await.ok().flatten()?;
    (source.token_hash == Some(reader.cookie.token_hash(&site.slug))).then_some(source.body_markdown)
}

fn is_changeable(app: &App, state: &ThreadState, id: CommentId) -> bool {
    state.comment(id).is_some_and(|comment| state.edit_time_left_ms(comment, app.clock.now().0).is_some())
}

fn is_change(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Edit(_) | Purpose::Delete(_))
}

fn new_request_id(app: &App) -> RequestId {
    let mut random = [0; 16];
    random[..8].copy_from_slice(&app.random.bits().to_be_bytes());
    random[8..].copy_from_slice(&app.random.bits().to_be_bytes());
    RequestId::from_parts(u64::try_from(app.clock.now().0).unwrap_or_default(), random)
}
