//! A form that was sent: from whom it must come, what it answers with.

use crate::app::App;
use crate::client_address::ClientAddress;
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
use afterword_widget::paint::Purpose;
use afterword_widget::state::FormText;
use afterword_wire::{CommentId, ErrorCode, RequestId};
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
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
/// with the document, the form in it as it was sent and a sentence why. `about` is what its path says.
pub async fn answer_form(
    app: &App,
    request: Request,
    about: Option<Purpose>,
    write: impl AsyncFnOnce(&App, FormPost<'_>) -> Answer<Option<CommentId>>,
) -> Response {
    let (parts, body) = request.into_parts();
    let incoming = match Incoming::find(app, &parts, about).await {
        Ok(incoming) => incoming,
        Err(failure) => return failure.into_response(),
    };
    match FormBody::read(Request::from_parts(parts, body)).await {
        Ok(body) => incoming.take(body, write).await,
        Err(failure) => incoming.show_again(FormText::default(), None, &failure).await,
    }
}

/// A form of our own document, before it is read.
struct Incoming<'a> {
    app: &'a App,
    site: Arc<Site>,
    view: DocumentView,
    headers: HeaderMap,
    client: ClientAddress,
}

impl<'a> Incoming<'a> {
    /// What another site sent fails here: nothing of it is shown, and no cookie is set in answer to it.
    async fn find(app: &'a App, request: &Parts, about: Option<Purpose>) -> Answer<Self> {
        let query = Query::read(request.uri.query())?;
        let site = app.sites.find(query.site()?).await?;
        let mut view = DocumentView::read(&query)?;
        view.purpose = about.unwrap_or(view.purpose);
        check_own_page(&request.headers, app.settings.public_url.as_deref())?;
        Ok(Self { app, site, view, headers: request.headers.clone(), client: client(app, request) })
    }

    async fn take(&self, body: FormBody, write: impl AsyncFnOnce(&App, FormPost<'_>) -> Answer<Option<CommentId>>) -> Response {
        let FormBody { text, .. } = &body;
        let (cookie, request_id) = match self.admit(&body) {
            Ok(admitted) => admitted,
            Err(failure) => return self.show_again(body.text, None, &failure).await,
        };
        if let Some(trouble) = trouble_with(self.view.lang, self.view.purpose, text) {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return self.show_failed(FailedForm { text: body.text, trouble, request_id: Some(request_id), status }).await;
        }
        let writer = Writer { site: &self.site, token_hash: cookie.token_hash(&self.site.slug), page_origin: self.page_origin() };
        let post = FormPost { view: &self.view, writer, request_id: request_id.clone(), text: text.clone() };
        match write(self.app, post).await {
            Ok(comment_id) => redirect(&self.view.address_of(comment_id), &cookie),
            Err(failure) => self.show_again(body.text, Some(request_id), &failure).await,
        }
    }

    /// Checks that the browser which sent a form is the one it was given to, and that it does not send too many.
    fn admit(&self, body: &FormBody) -> Answer<(DeviceCookie, RequestId)> {
        let missing = || Failure::new(ErrorCode::TokenRequired, "the form came without its cookie");
        let stale = || Failure::new(ErrorCode::OriginNotAllowed, "the form was not given to this browser");
        self.app.limits.count_write(self.client)?;
        let cookie = DeviceCookie::read(&self.headers).ok_or_else(missing)?;
        let request_id = RequestId::new(body.request_id.clone()).map_err(|_| stale())?;
        if !is_same_token(&body.form_token, &form_token(&cookie, &self.site.slug, &request_id)) {
            return Err(stale());
        }
        self.app.limits.count_device(cookie.token_hash(&self.site.slug))?;
        Ok((cookie, request_id))
    }

    /// The page a reader came from is not known. With one origin there is no doubt on which it stands.
    fn page_origin(&self) -> &str {
        if let [origin] = self.site.origins.as_slice() { origin } else { "" }
    }

    /// Shows the form once more after a failure.
    async fn show_again(&self, text: FormText, request_id: Option<RequestId>, failure: &Failure) -> Response {
        failure.log();
        let trouble = trouble_from(self.view.lang, failure);
        // The same id would be taken for the write it was used for.
        let request_id = request_id.filter(|_| failure.code() != ErrorCode::RequestIdReused);
        let status = StatusCode::from_u16(failure.code().http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = self.show_failed(FailedForm { text, trouble, request_id, status }).await;
        let retry_after = failure.error().retry_after_s.map(HeaderValue::from);
        response.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, seconds)));
        response
    }

    async fn show_failed(&self, failed: FailedForm) -> Response {
        let shown = show_page(self.app, &self.site, &self.view, &self.headers, Some(failed)).await;
        shown.unwrap_or_else(IntoResponse::into_response)
    }
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
