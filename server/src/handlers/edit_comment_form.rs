//! `POST /thread/comments/{comment_id}/edit`

use crate::app::App;
use crate::comment_path::CommentPath;
use crate::comment_writes;
use crate::form_post::{FormPost, answer_form};
use crate::openapi::{CommentPathParam, ListingParams, PageParam, SiteParam};
use afterword_widget::paint::Purpose;
use afterword_wire::{EditComment, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `POST /thread/comments/{comment_id}/edit`: a new body for one's own comment, by the form of the thread's document.
#[utoipa::path(
    post,
    path = address::EDIT_FORM,
    tag = "forms",
    params(SiteParam, PageParam, CommentPathParam, ListingParams),
    request_body(content = String, content_type = "application/x-www-form-urlencoded", description = "The form as the document shows it."),
    responses(
        (status = 303, description = "Changed; `Location` leads to the comment."),
        (status = "4XX", description = "Not changed: the document once more, with the form as it was sent.", body = String, content_type = "text/html"),
    )
)]
#[tracing::instrument(name = "handler.forms.edit", skip_all, fields(comment.id = %comment_id))]
pub async fn edit_comment_form(State(app): State<App>, CommentPath(comment_id): CommentPath, request: Request) -> Response {
    let write = async |app: &App, form: FormPost<'_>| {
        let edit = EditComment { request_id: form.request_id, body_markdown: form.text.body };
        Ok(Some(comment_writes::edit(app, form.writer, comment_id, edit).await?.comment.id))
    };
    answer_form(&app, request, Some(Purpose::Edit(comment_id)), write).await
}
