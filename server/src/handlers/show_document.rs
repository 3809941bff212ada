//! `GET /thread`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::document_failure::Reading;
use crate::document_page::show_page;
use crate::document_view::DocumentView;
use crate::failure::Answer;
use crate::openapi::{DateParam, DocumentParams, LangParam, ListingParams, PageParam, SiteParam};
use crate::query::Query;
use crate::reach::Reach;
use crate::reading::answer_reader;
use afterword_wire::address;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// `GET /thread`: the thread as a document of its own, complete without any script. In a tab it has forms; in a frame, and where the
/// browser would not keep our cookie, it is only to be read.
#[utoipa::path(
    get,
    path = address::THREAD_DOCUMENT,
    tag = "reading",
    params(SiteParam, PageParam, ListingParams, DateParam, LangParam, DocumentParams),
    responses(
        (status = 200, description = "The document; each comment an `<article>`.", body = String, content_type = "text/html"),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered; the document says why.", body = String, content_type = "text/html"),
    )
)]
pub async fn show_document(State(app): State<App>, request: Request) -> Response {
    let reach = Reach::of(request.headers(), app.settings.public_url.as_deref());
    let reading = Reading::of(&request);
    let response = match read_view(&request) {
        Ok(view) if reach == Reach::Tab || !view.is_plain() => {
            show_for_one(&app, &view, request.into_parts().0).await.unwrap_or_else(IntoResponse::into_response)
        }
        // What every reader sees alike is kept; and what cannot be read is refused there as everywhere.
        _ => {
            let subject = |query: &Query<'_>| Ok(Subject::Thread(query.page()?.to_owned()));
            answer_reader(&app, request, subject, |query| Ok(Form::Document(query.lang()?, reach))).await
        }
    };
    reading.shown(&app, response)
}

fn read_view(request: &Request) -> Answer<DocumentView> {
    DocumentView::read(&Query::read(request.uri().query())?)
}

async fn show_for_one(app: &App, view: &DocumentView, request: Parts) -> Answer<Response> {
    let site = app.sites.find(&view.site_slug).await?;
    show_page(app, &site, view, &request.headers, None).await
}
