//! `GET /v1/thread.html`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::failure::Answer;
use crate::openapi::{FormParam, LangParam, ListingParams, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/thread.html`: the same slice as [`super::read_thread`], painted, for `embed.js` to put into a shadow root,
/// or whole for the page's own HTML.
#[utoipa::path(
    get,
    path = address::THREAD_HTML,
    tag = "reading",
    params(SiteParam, PageParam, ListingParams, LangParam, FormParam),
    responses(
        (status = 200, description = "Style, painted thread and a JSON island.", body = String, content_type = "text/html"),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn paint_thread(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Thread(query.page()?.to_owned()));
    answer_reader(&app, request, subject, form).await
}

fn form(query: &Query<'_>) -> Answer<Form> {
    let lang = query.lang()?;
    Ok(if query.is_declarative()? { Form::Declarative(lang) } else { Form::Fragment(lang) })
}
