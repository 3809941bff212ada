//! What a guest can do to comments, the same whether it was asked as JSON or by a form.

use crate::app::App;
use crate::author_fields::{CleanAuthor, refuse_nul};
use crate::comment_body::check_body;
use crate::failure::Answer;
use crate::fingerprint::write_request;
use crate::new_ids::author_id;
use crate::page_key::check_page_key;
use crate::page_url::trusted_page_url;
use crate::render::title::clean_title;
use crate::render::{RENDERER_VERSION, markdown};
use afterword_store::{EditBody, InsertComment, Site, TokenHash, WithdrawComment};
use afterword_wire::{CommentId, DeleteComment, EditComment, NewComment, PageRef, Written, address};

/// Who writes, and where.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The site.
    pub site: &'a Site,
    /// The device.
    pub token_hash: TokenHash,
    /// The origin of the page it writes on; empty when that is not known.
    pub page_origin: &'a str,
}

/// Posts a comment or reply.
///
/// # Errors
/// `invalid_field`, and what the store refuses.
pub async fn post(app: &App, writer: Writer<'_>, body: NewComment) -> Answer<Written> {
    let turn = app.turns.take().await;
    let new = checked(app, writer, body)?;
    drop(turn);
    let outcome = app.store.insert_comment(new).await?;
    app.note_changes();
    tracing::info!(comment.id = %outcome.written.comment.id, is_repeated = outcome.is_repeated, "comment created");
    Ok(outcome.written)
}

/// Gives a comment of the writer's own another body.
///
/// # Errors
/// `invalid_field`, and what the store refuses.
pub async fn edit(app: &App, writer: Writer<'_>, comment_id: CommentId, body: EditComment) -> Answer<Written> {
    check_body(&body.body_markdown)?;
    let Writer { site, token_hash, .. } = writer;
    let address = ["PATCH", address::COMMENT, &site.slug, &comment_id.to_string()];
    let request = write_request(body.request_id.clone(), &address, token_hash, &body)?;
    let now = app.clock.now();
    let turn = app.turns.take().await;
    let body_html = markdown::render(&body.body_markdown);
    drop(turn);
    let edit = EditBody {
        site: site.clone(),
        comment_id,
        new_change_id: app.ids.change(now, &*app.random),
        token_hash,
        body_html,
        body_markdown: body.body_markdown,
        renderer_version: RENDERER_VERSION,
        now,
        request,
    };
    let outcome = app.store.edit_comment(edit).await?;
    app.note_changes();
    tracing::info!(is_repeated = outcome.is_repeated, "comment edited");
    Ok(outcome.written)
}

/// Withdraws a comment of the writer's own.
///
/// # Errors
/// What the store refuses.
pub async fn withdraw(app: &App, writer: Writer<'_>, comment_id: CommentId, body: DeleteComment) -> Answer<Written> {
    let Writer { site, token_hash, .. } = writer;
    let address = ["DELETE", address::COMMENT, &site.slug, &comment_id.to_string()];
    let request = write_request(body.request_id.clone(), &address, token_hash, &body)?;
    let now = app.clock.now();
    let new_change_id = app.ids.change(now, &*app.random);
    let withdrawal = WithdrawComment { site: site.clone(), comment_id, new_change_id, token_hash, now, request };
    let outcome = app.store.delete_comment(withdrawal).await?;
    app.note_changes();
    tracing::info!(is_repeated = outcome.is_repeated, "comment deleted");
    Ok(outcome.written)
}

fn checked(app: &App, writer: Writer<'_>, body: NewComment) -> Answer<InsertComment> {
    let Writer { site, token_hash, page_origin } = writer;
    let request = write_request(body.request_id.clone(), &["POST", address::COMMENTS, &site.slug], token_hash, &body)?;
    check_page(&body.page)?;
    check_body(&body.body_markdown)?;
    let author = CleanAuthor::new(&body.author)?;
    let now = app.clock.now();
    Ok(InsertComment {
        site: site.clone(),
        page_url: trusted_page_url(site, page_origin, &body.page),
        page_title: body.page.title.as_deref().and_then(clean_title),
        page_key: body.page.key,
        new_comment_id: app.ids.comment(now, &*app.random),
        new_author_id: author_id(&*app.random),
        new_change_id: app.ids.change(now, &*app.random),
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
