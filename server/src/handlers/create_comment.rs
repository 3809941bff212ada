//! `POST /v1/comments`

use crate::app::App;
use crate::author_fields::{CleanAuthor, refuse_nul};
use crate::comment_body::check_body;
use crate::failure::Answer;
use crate::fingerprint::write_request;
use crate::guard::Visit;
use crate::guest::Guest;
use crate::json_body::JsonBody;
use crate::new_ids::author_id;
use crate::openapi::SiteParam;
use crate::page_key::check_page_key;
use crate::page_origin::PageOrigin;
use crate::page_url::trusted_page_url;
use crate::render::title::clean_title;
use crate::render::{RENDERER_VERSION, markdown};
use afterword_store::{InsertComment, TokenHash};
use afterword_wire::{ErrorBody, NewComment, PageRef, Written, address};
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};

/// `POST /v1/comments`: a new comment, or a reply to one. Exactly once for each request id.
#[utoipa::path(
    post,
    path = address::COMMENTS,
    tag = "writing",
    params(SiteParam),
    request_body = NewComment,
    security(("device_secret" = [])),
    responses(
        (status = 201, description = "The comment as stored; the same answer to every repetition.", body = Written),
        (status = "4XX", description = "Nothing was written.", body = ErrorBody),
        (status = "5XX", description = "Nothing was written.", body = ErrorBody),
    )
)]
#[tracing::instrument(name = "handler.comments.create", skip_all)]
pub async fn create_comment(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    Guest(token_hash): Guest,
    JsonBody(body): JsonBody<NewComment>,
) -> Answer<(StatusCode, Json<Written>)> {
    let outcome = app.store.insert_comment(checked(&app, &visit, token_hash, body)?).await?;
    app.note_changes();
    tracing::info!(comment.id = %outcome.written.comment.id, is_repeated = outcome.is_repeated, "comment created");
    Ok((StatusCode::CREATED, Json(outcome.written)))
}

fn checked(app: &App, visit: &Visit, token_hash: TokenHash, body: NewComment) -> Answer<InsertComment> {
    let request = write_request(body.request_id.clone(), &["POST", address::COMMENTS, &visit.site.slug], token_hash, &body)?;
    check_page(&body.page)?;
    check_body(&body.body_markdown)?;
    let author = CleanAuthor::new(&body.author)?;
    let page_origin = visit.origin.as_ref().map_or("", PageOrigin::as_str);
    let now = app.clock.now();
    Ok(InsertComment {
        site: (*visit.site).clone(),
        page_url: trusted_page_url(&visit.site, page_origin, &body.page),
        page_title: body.page.title.as_deref().and_then(clean_title),
        page_key: body.page.key,
        new_comment_id: app.comment_ids.next(now, &*app.random),
        new_author_id: author_id(&*app.random),
        parent_id: body.parent_id,
        token_hash,
        author_name: author.name,
        author_email: author.email,
        author_website: author.website,
        body_html: markdown::render(&body.body_markdown),
        body_markdown: body.body_markdown,
        renderer_version: RENDERER_VERSION,
        now,
        request,
    })
}

fn check_page(page: &PageRef) -> Answer<()> {
    check_page_key("page.key", &page.key)?;
    refuse_nul("page.url", page.url.as_deref().unwrap_or_default())?;
    refuse_nul("page.title", page.title.as_deref().unwrap_or_default())
}
