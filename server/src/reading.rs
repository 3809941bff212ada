//! How every anonymous answer is found: from memory while it holds, else from the store.

use crate::answer_cache::{AnswerKey, Form, Subject};
use crate::app::App;
use crate::document_view::DocumentView;
use crate::encoding::Encoding;
use crate::failure::{Answer, Failure};
use crate::kept_answer::Produced;
use crate::painting::{self, Sheet};
use crate::painting_in_page;
use crate::query::Query;
use crate::reach::Reach;
use afterword_store::{ChangeLog, Listing, Site};
use afterword_widget::paint::{self, Purpose, Writing};
use afterword_widget::state::ThreadState;
use afterword_wire::limits::MAX_CHANGES;
use afterword_wire::{Changes, Counts, ErrorCode, ThreadSlice, Written};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Answers a reader: what `subject` and `form` make of the query, as JSON or painted.
///
/// The answer is the same for every reader, so any page may have it (`Access-Control-Allow-Origin: *`), failures included.
pub async fn answer_reader(
    app: &App,
    request: Request,
    subject: impl FnOnce(&Query<'_>) -> Answer<Subject>,
    form: impl FnOnce(&Query<'_>) -> Answer<Form>,
) -> Response {
    let (parts, _) = request.into_parts();
    find_answer(app, &parts, None, subject, form).await.unwrap_or_else(refuse_reader)
}

/// A failure that any page may read.
pub fn refuse_reader(failure: Failure) -> Response {
    let mut response = failure.into_response();
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// The answer of [`answer_reader`], for a caller that has its own way with failures. `slug` names the site where the path of the
/// address does, and not its query.
///
/// # Errors
/// Those of the query, of the site and of the store.
pub async fn find_answer(
    app: &App,
    request: &Parts,
    slug: Option<&str>,
    subject: impl FnOnce(&Query<'_>) -> Answer<Subject>,
    form: impl FnOnce(&Query<'_>) -> Answer<Form>,
) -> Answer<Response> {
    let query = Query::read(request.uri.query())?;
    let slug = slug.map_or_else(|| query.site(), Ok)?;
    let site = app.sites.find(slug).await?;
    let listing = query.listing()?;
    let key = AnswerKey {
        site_id: site.id,
        subject: subject(&query)?,
        sort: listing.sort,
        limit: listing.limit,
        cursor: listing.cursor,
        form: form(&query)?,
        encoding: Encoding::accepted_by(&request.headers),
    };
    let answer = match app.answers.get(&key) {
        Some(answer) => answer,
        None => app.answers.get_or_make(key.clone(), || produce(app, &site, &key)).await?,
    };
    Ok(answer.respond(&request.headers))
}

/// A slice that is kept, or else made and kept, for what is put around it for one reader.
///
/// # Errors
/// Those of the store; `comment_not_found`.
pub async fn kept_slice(app: &App, site: &Site, subject: Subject, listing: Listing) -> Answer<ThreadSlice> {
    let Listing { sort, limit, cursor } = listing;
    let (form, encoding) = (Form::Json, Encoding::Identity);
    let key = AnswerKey { site_id: site.id, subject, sort, limit, cursor, form, encoding };
    let answer = match app.answers.get(&key) {
        Some(answer) => answer,
        None => app.answers.get_or_make(key.clone(), || produce(app, site, &key)).await?,
    };
    serde_json::from_slice(answer.bytes()).map_err(Failure::internal)
}

#[tracing::instrument(name = "handler.thread.render", level = "debug", skip_all)]
async fn produce(app: &App, site: &Site, key: &AnswerKey) -> Answer<Produced> {
    let (page_key, slice) = match &key.subject {
        Subject::Counts(pages) => {
            let mut counts = app.store.count_comments(site.id, pages).await?;
            if let Form::Worded(lang) = key.form {
                counts.iter_mut().for_each(|count| count.text = Some(paint::comment_count(count.comment_count, lang)));
            }
            return json(&Counts { counts });
        }
        Subject::Changes(page, after) => {
            let log = app.store.read_changes(site.id, page, *after, MAX_CHANGES).await?;
            return json(&changes(log));
        }
        Subject::Thread(page) => (page.as_str(), app.store.read_slice(site, page, key.listing()).await?),
        Subject::Branch(comment) => {
            let branch = app.store.read_branch(site, *comment, key.listing()).await?;
            ("", branch.ok_or_else(no_such_comment)?)
        }
        Subject::Permalink(page, comment) => {
            let permalink = app.store.read_permalink(site, page, *comment, key.listing()).await?;
            (page.as_str(), permalink.ok_or_else(no_such_comment)?)
        }
    };
    show(app, site, page_key, &slice, key).await
}

async fn show(app: &App, site: &Site, page_key: &str, slice: &ThreadSlice, key: &AnswerKey) -> Answer<Produced> {
    match key.form {
        Form::Json | Form::Worded(_) => json(slice),
        Form::Fragment(lang) => painting::fragment(app, site, page_key, slice, lang),
        Form::Declarative(lang) => painting_in_page::declarative(app, site, page_key, slice, lang),
        Form::Script(lang) => painting_in_page::script(app, site, page_key, slice, lang),
        Form::Document(lang, reach) => {
            let (site_slug, page_key) = (site.slug.clone(), page_key.to_owned());
            let (branch, comment, purpose) = (None, None, Purpose::Post);
            let view = DocumentView { site_slug, page_key, listing: key.listing(), lang, branch, comment, purpose };
            let writing = if reach == Reach::Frame { Writing::InNewTab } else { Writing::Nowhere };
            let thread = app.store.find_thread(site.id, &view.page_key).await?;
            let sheet = Sheet { thread, state: ThreadState::from_slice(slice.clone()), writing, notice: None };
            painting::document(app, site, &view, sheet)
        }
    }
}

/// What a log tells, each comment once; nothing where it tells too little or too much.
fn changes(log: ChangeLog) -> Changes {
    let (as_of, is_reset) =
        (log.as_of, !log.is_whole || log.has_more() || log.entries.iter().any(|entry| entry.written.is_none()));
    let mut changes: Vec<Written> = Vec::new();
    for written in log.entries.into_iter().filter(|_| !is_reset).filter_map(|entry| entry.written) {
        changes.retain(|earlier| earlier.comment.id != written.comment.id);
        changes.push(written);
    }
    Changes { as_of, is_reset, changes }
}

fn json(value: &impl Serialize) -> Answer<Produced> {
    let bytes = serde_json::to_vec(value).map_err(Failure::internal)?;
    Ok(Produced { content_type: "application/json", bytes, extra_headers: Vec::new() })
}

/// What every listing answers for a comment that is not there, or not on this page.
fn no_such_comment() -> Failure {
    Failure::new(ErrorCode::CommentNotFound, "there is no such comment here")
}
