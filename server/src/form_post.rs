//! A form that was sent: from whom it must come, what it answers with.

use crate::app::App;
use crate::comment_writes::Writer;
use crate::device_cookie::DeviceCookie;
use crate::document_forms::FailedForm;
use crate::document_page::show_page;
use crate::document_view::DocumentView;
use crate::failure::{Answer, Failure};
use crate::form_body::FormBody;
use crate::form_token::{form_token, is_same_token};
use crate::form_trouble::{trouble_from, trouble_with};
use crate::guard::client;
use crate::query::Query;
use crate::reach::check_own_page;
use afterword_store::Site;
use afterword_widget::paint::{Purpose, Trouble};
use afterword_widget::state::FormText;
use afterword_wire::{CommentId, ErrorCode, RequestId};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// A form that may do its work.
#[derive(Debug)]
pub struct FormPost<'a> {
    /// What its address says.
    pub view: &'a DocumentView,
    /// Who sent it.
    pub writer: Writer<'a>,
    /// Makes it happen once.
    pub request_id: RequestId,
    /// What was typed.
    pub text: FormText,
}

/// Lets a form in and answers it: with a redirect to the comment that `write` names (`None`: to the thread) when it was taken, else
/// with the document, the form in it as it was sent and a sentence why. `about` is the comment its path names.
pub async fn answer_form(
    app: &App,
    request: Request,
    about: Option<Purpose>,
    write: impl AsyncFnOnce(&App, FormPost<'_>) -> Answer<Option<CommentId>>,
) -> Response {
    let (site, view) = match find_view(app, request.uri().clone(), about).await {
        Ok(found) => found,
        Err(failure) => return failure.into_response(),
    };
    let public_url = app.settings.public_url.as_deref();
    // Nothing of what another site sent is shown, and no cookie is set in answer to it.
    if let Err(failure) = check_own_page(request.headers(), public_url) {
        return failure.into_response();
    }
    let (parts, body) = request.into_parts();
    let client = client(app, &parts);
    let headers = parts.headers.clone();
    let body = match FormBody::read(Request::from_parts(parts, body)).await {
        Ok(body) => body,
        Err(failure) => return show_again(app, &site, &view, &headers, FormText::default(), None, failure).await,
    };
    let admitted = app.limits.count_write(client).and_then(|()| admit(app, &site, &headers, &body));
    let (request_id, writer, cookie) = match admitted {
        Ok(admitted) => admitted,
        Err(failure) => return show_again(app, &site, &view, &headers, body.text, None, failure).await,
    };
    if let Some(trouble) = trouble_with(view.lang, view.purpose, &body.text) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let failed = FailedForm { text: body.text, trouble, request_id: Some(request_id), status };
        return show_failed(app, &site, &view, &headers, failed).await;
    }
    let post = FormPost { view: &view, writer, request_id: request_id.clone(), text: body.text.clone() };
    match write(app, post).await {
        Ok(comment_id) => redirect(&view.address_of(comment_id), &cookie),
        Err(failure) => show_again(app, &site, &view, &headers, body.text, Some(request_id), failure).await,
    }
}

async fn find_view(app: &App, address: Uri, about: Option<Purpose>) -> Answer<(Arc<Site>, DocumentView)> {
    let query = Query::read(address.query())?;
    let site = app.sites.find(query.site()?).await?;
    let mut view = DocumentView::read(&query)?;
    if let Some(purpose) = about {
        view.purpose = purpose;
    }
    Ok((site, view))
}

/// Checks that the browser which sent a form is the one it was given to, and that it does not send too many.
fn admit<'a>(app: &App, site: &'a Site, headers: &HeaderMap, body: &FormBody) -> Answer<(RequestId, Writer<'a>, DeviceCookie)> {
    let missing = || Failure::new(ErrorCode::TokenRequired, "the form came without its cookie");
    let cookie = DeviceCookie::read(headers).ok_or_else(missing)?;
    let request_id = RequestId::new(body.request_id.clone()).map_err(|_| stale())?;
    if !is_same_token(&body.form_token, &form_token(&cookie, &site.slug, &request_id)) {
        return Err(stale());
    }
    let token_hash = cookie.token_hash(&site.slug);
    app.limits.count_device(token_hash)?;
    // The page a reader came from is not known. With one origin there is no doubt on which it stands.
    let page_origin = if let [origin] = site.origins.as_slice() { origin } else { "" };
    Ok((request_id, Writer { site, token_hash, page_origin }, cookie))
}

fn stale() -> Failure {
    Failure::new(ErrorCode::OriginNotAllowed, "the form was not given to this browser")
}

/// Shows the form once more after a failure.
async fn show_again(
    app: &App,
    site: &Site,
    view: &DocumentView,
    headers: &HeaderMap,
    text: FormText,
    request_id: Option<RequestId>,
    failure: Failure,
) -> Response {
    failure.log();
    let trouble: Trouble = trouble_from(view.lang, &failure);
    // The same id would be taken for the write it was used for.
    let request_id = request_id.filter(|_| failure.code() != ErrorCode::RequestIdReused);
    let status = StatusCode::from_u16(failure.code().http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = failure.error().retry_after_s.map(HeaderValue::from);
    let mut response = show_failed(app, site, view, headers, FailedForm { text, trouble, request_id, status }).await;
    response.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, seconds)));
    response
}

async fn show_failed(app: &App, site: &Site, view: &DocumentView, headers: &HeaderMap, failed: FailedForm) -> Response {
    show_page(app, site, view, headers, Some(failed)).await.unwrap_or_else(IntoResponse::into_response)
}

/// The answer to a form that was taken: the browser goes on with a plain GET, so that loading again sends nothing.
fn redirect(address: &str, cookie: &DeviceCookie) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_str(address).ok().map(|address| (header::LOCATION, address)));
    headers.extend(cookie.to_header().map(|cookie| (header::SET_COOKIE, cookie)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
