//! The document for one reader: with forms that are theirs, and with what is their own.

use crate::app::App;
use crate::document_forms::{FailedForm, Reader};
use crate::document_thread::{Found, find_comments};
use crate::document_view::DocumentView;
use crate::encoding::{Effort, Encoding};
use crate::failure::{Answer, Failure};
use crate::kept_answer::Produced;
use crate::painting::{self, Sheet};
use crate::reach::Reach;
use afterword_store::Site;
use afterword_widget::paint::{DocumentForm, Purpose, Writing};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

/// The document as this reader sees it. After a form that was not taken it shows that form again, even while the store is away.
///
/// # Errors
/// Those of the store, when nothing was typed that could be lost.
pub async fn show_page(
    app: &App,
    site: &Site,
    view: &DocumentView,
    headers: &HeaderMap,
    failed: Option<FailedForm>,
) -> Answer<Response> {
    let strings = view.lang.strings();
    let Found { mut state, search, focus, before, is_gone } = match find_comments(app, site, view).await {
        Err(failure) if failed.is_some() => {
            failure.log();
            Found::default()
        }
        found => found?,
    };
    let mut notice = is_gone.then_some(strings.comment_gone);
    let mut new_cookie = None;
    let failed_status = failed.as_ref().map(|failed| failed.status);
    let writing = match Reach::of(headers, app.settings.public_url.as_deref()) {
        // What was typed is shown again whatever it came through.
        Reach::Frame if failed.is_none() => Writing::InNewTab,
        Reach::Plain if failed.is_none() => Writing::Nowhere,
        _ => {
            let reader = Reader::identify(app, site, headers, &mut state).await;
            let forms = reader.forms(app, site, view, &state, failed).await;
            if failed_status.is_none() && !is_gone && is_refused(view.purpose, &forms) {
                notice = Some(strings.failed_edit_window);
            }
            new_cookie = reader.new_cookie();
            Writing::Forms(forms)
        }
    };
    // Without its head a thread can still be read.
    let thread = app.store.find_thread(site.id, &view.page_key).await.unwrap_or_default();
    let sheet = Sheet { thread, state, search, focus, before, writing, notice: notice.map(str::to_owned) };
    let produced = painting::document(app, site, view, sheet)?;
    let mut response = answer(produced, Encoding::accepted_by(headers)).await?;
    // What an address names by its branch is not there; a comment that is only to be among others may have gone.
    let status = if is_gone && view.comment.is_some() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    *response.status_mut() = failed_status.unwrap_or(status);
    response.headers_mut().extend(new_cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

/// Whether the reader asked for a change and got no form for it.
fn is_refused(asked: Purpose, forms: &[DocumentForm]) -> bool {
    matches!(asked, Purpose::Edit(_) | Purpose::Delete(_)) && !forms.iter().any(|form| form.purpose == asked)
}

/// Packs what was produced. No two answers share a token, so what stands beside it in the packed page betrays nothing of it.
async fn answer(produced: Produced, encoding: Encoding) -> Answer<Response> {
    let packing = tokio::task::spawn_blocking(move || encoding.pack(produced.bytes, Effort::Quick));
    let packed = packing.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    let mut response = Response::new(Body::from(packed));
    let headers = response.headers_mut();
    headers.extend(produced.extra_headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(produced.content_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.extend(encoding.content_encoding().map(|encoding| (header::CONTENT_ENCODING, encoding)));
    Ok(response)
}
