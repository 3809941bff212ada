//! `GET /v1/search.html`

use super::search_comments::subject;
use crate::answer_cache::Form;
use crate::app::App;
use crate::openapi::{LangParam, PageParam, SearchParams, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/search.html`: what [`super::search_comments`] finds, painted as a list for the widget.
#[utoipa::path(
    get,
    path = address::SEARCH_HTML,
    tag = "reading",
    params(SiteParam, PageParam, SearchParams, LangParam),
    responses(
        (status = 200, description = "A sentence, and a list of links to the comments found.", body = String, content_type = "text/html"),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn paint_search(State(app): State<App>, request: Request) -> Response {
    answer_reader(&app, request, subject, |query: &Query<'_>| Ok(Form::Results(query.lang()?))).await
}
