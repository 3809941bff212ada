//! `GET /v1/counts`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::openapi::{LangParam, PagesParam, SiteParam};
use crate::query::Query;
use crate::reading::answer_reader;
use afterword_wire::{Counts, ErrorBody, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /v1/counts`: how many comments pages have, in the order asked; 0 for a page nobody wrote under. With `lang` also as
/// a phrase in that language.
#[utoipa::path(
    get,
    path = address::COUNTS,
    tag = "reading",
    params(SiteParam, PagesParam, LangParam),
    responses(
        (status = 200, description = "One count for each page named.", body = Counts),
        (status = 304, description = "The counts named by `If-None-Match` still hold."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn count_comments(State(app): State<App>, request: Request) -> Response {
    let subject = |query: &Query<'_>| Ok(Subject::Counts(query.pages()?));
    let form = |query: &Query<'_>| Ok(query.named_lang()?.map_or(Form::Json, Form::Worded));
    answer_reader(&app, request, subject, form).await
}
