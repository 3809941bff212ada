//! `POST /thread/comments`

use crate::app::App;
use crate::comment_writes;
use crate::form_post::{FormPost, answer_form};
use crate::openapi::{ListingParams, PageParam, ReplyParam, SiteParam};
use afterword_wire::{NewComment, PageRef, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `POST /thread/comments`: a new comment or reply, by the form of the thread's document. Exactly once for each form.
#[utoipa::path(
    post,
    path = address::COMMENT_FORM,
    tag = "forms",
    params(SiteParam, PageParam, ReplyParam, ListingParams),
    request_body(content = String, content_type = "application/x-www-form-urlencoded", description = "The form as the document shows it."),
    responses(
        (status = 303, description = "Posted; `Location` leads to the comment."),
        (status = "4XX", description = "Not posted: the document once more, with the form as it was sent.", body = String, content_type = "text/html"),
    )
)]
#[tracing::instrument(name = "handler.forms.create", skip_all)]
pub async fn create_comment_form(State(app): State<App>, request: Request) -> Response {
    let write = async |app: &App, form: FormPost<'_>| {
        let comment = NewComment {
            request_id: form.request_id,
            page: PageRef { key: form.view.page_key.clone(), ..PageRef::default() },
            parent_id: form.view.purpose.comment_id(),
            body_markdown: form.text.body,
            author: form.text.fields,
        };
        Ok(Some(comment_writes::post(app, form.writer, comment).await?.comment.id))
    };
    answer_form(&app, request, None, write).await
}
