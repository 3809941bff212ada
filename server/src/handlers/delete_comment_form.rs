//! `POST /thread/comments/{comment_id}/delete`

use crate::app::App;
use crate::comment_path::CommentPath;
use crate::comment_writes;
use crate::form_post::{FormPost, answer_form};
use crate::openapi::{CommentPathParam, ListingParams, PageParam, SiteParam};
use afterword_widget::paint::Purpose;
use afterword_wire::{DeleteComment, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `POST /thread/comments/{comment_id}/delete`: withdraws one's own comment, by the form of the thread's document.
#[utoipa::path(
    post,
    path = address::DELETE_FORM,
    tag = "forms",
    params(SiteParam, PageParam, CommentPathParam, ListingParams),
    request_body(content = String, content_type = "application/x-www-form-urlencoded", description = "The form as the document shows it."),
    responses(
        (status = 303, description = "Deleted; `Location` leads to the thread."),
        (status = "4XX", description = "Not deleted: the document once more, with the reason.", body = String, content_type = "text/html"),
    )
)]
#[tracing::instrument(name = "handler.forms.delete", skip_all, fields(comment.id = %comment_id))]
pub async fn delete_comment_form(State(app): State<App>, CommentPath(comment_id): CommentPath, request: Request) -> Response {
    let write = async |app: &App, form: FormPost<'_>| {
        let deletion = DeleteComment { request_id: form.request_id };
        let written = comment_writes::withdraw(app, form.writer, comment_id, deletion).await?;
        Ok(written.is_listed.then_some(comment_id).or(written.comment.parent_id))
    };
    answer_form(&app, request, Some(Purpose::Delete(comment_id)), write).await
}
