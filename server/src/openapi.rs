//! The API described, made from the handlers and the wire types.

use crate::handlers;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::Server;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, OpenApi};

/// The query field every address of the API takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SiteParam {
    /// Slug of the site.
    pub site: String,
}

/// The query field that names a page.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParam {
    /// Key of the page, at most 512 bytes.
    pub page: String,
}

/// The query field that names several pages.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PagesParam {
    /// Keys of the pages, one field each (`page=/a&page=/b`), at most 100.
    pub page: Vec<String>,
}

/// The query field that names a comment.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CommentParam {
    /// Id of the comment.
    pub comment: String,
}

/// The part of the path that names a comment.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CommentPathParam {
    /// Id of the comment.
    pub comment_id: String,
}

/// The query fields that say which part of a listing is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListingParams {
    /// `oldest` (default), `newest` or `replies`.
    pub sort: Option<String>,
    /// Most comments wanted, 1 to 200; 50 by default.
    pub limit: Option<u32>,
    /// Where to go on, as an earlier slice said.
    pub cursor: Option<String>,
}

/// The query field that names a place in a thread's log of changes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AfterParam {
    /// `as_of` of a slice or of `/v1/changes`, or the `id` of an event; without it: the log's beginning.
    pub after: Option<String>,
}

/// The query fields of a search.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// What is looked for, at most 200 characters: words apart from each other, each somewhere in name or body; the last one may be a
    /// beginning, from its second letter on and unless a space follows it. No character is an operator.
    pub q: String,
    /// Most comments wanted, 1 to 50; 20 by default.
    pub limit: Option<u32>,
    /// Where to go on, as an earlier answer said.
    pub cursor: Option<String>,
}

/// The query field with which a listing of root comments begins at a date.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DateParam {
    /// A date like `2026-11-22` (in UTC) or a time like `2026-11-22T08:48:36Z`: the slice begins with the first root comment of then
    /// or later, in `newest` with the last of then or earlier. Not with `replies`; a `cursor` goes before it.
    pub at: Option<String>,
}

/// The query field that chooses a language.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LangParam {
    /// Language of what surrounds the comments, as a BCP 47 tag: `en` (default), `ar`, `de`, `es`, `fr`, `he`, `hi`, `ja`, `pt-BR`, `ru`, `tr`, `zh-Hans`; the nearest is taken.
    pub lang: Option<String>,
}

/// The query field that names a release.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionParam {
    /// For example `0.1.0`. Without it: the newest, which changes with the server.
    pub version: Option<String>,
}

/// The query field that chooses the form of a painted thread.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormParam {
    /// `declarative`: with the element that holds it, as a declarative shadow root. Without it: what goes into a shadow root.
    pub r#as: Option<String>,
}

/// The query fields that say what of the thread its document shows, besides a listing.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DocumentParams {
    /// Id of a comment: only its branch is shown, with what stands above it in short; `cursor` then goes on with its replies.
    pub comment: Option<String>,
    /// What is looked for: the comments found are shown instead of the thread.
    pub q: Option<String>,
    /// Id of a comment that must be among those shown, in its surroundings.
    pub near: Option<String>,
    /// Id of a comment: with the form to answer it.
    pub reply: Option<String>,
    /// Id of one's own comment: with the form to change it.
    pub edit: Option<String>,
    /// Id of one's own comment: with the question whether it is to be deleted. Asking deletes nothing.
    pub delete: Option<String>,
}

/// The query field that names the comment a form answers.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReplyParam {
    /// Id of the comment answered; without it the form is for a new root comment.
    pub reply: Option<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Afterword", description = "Comment threads for any page. Every failure has the body `ErrorBody`."),
    paths(
        handlers::read_thread::read_thread,
        handlers::paint_thread::paint_thread,
        handlers::show_document::show_document,
        handlers::show_frame::show_frame,
        handlers::read_branch::read_branch,
        handlers::read_permalink::read_permalink,
        handlers::search_comments::search_comments,
        handlers::paint_search::paint_search,
        handlers::count_comments::count_comments,
        handlers::read_changes::read_changes,
        handlers::follow_thread::follow_thread,
        handlers::create_comment::create_comment,
        handlers::edit_comment::edit_comment,
        handlers::delete_comment::delete_comment,
        handlers::read_source::read_source,
        handlers::preview_body::preview_body,
        handlers::create_comment_form::create_comment_form,
        handlers::edit_comment_form::edit_comment_form,
        handlers::delete_comment_form::delete_comment_form,
        handlers::serve_script::serve_script,
        handlers::serve_painted_script::serve_painted_script,
        handlers::serve_count_script::serve_count_script,
        handlers::serve_asset::serve_asset,
        handlers::answer_icon::answer_icon,
        handlers::check_health::check_health,
        handlers::check_readiness::check_readiness,
        handlers::describe_api::describe_api,
    )
)]
struct Api;

/// The description, with the address at which readers reach the server if it is known.
pub fn description(public_url: Option<&str>) -> Description {
    let mut description = Api::openapi();
    description.servers = public_url.map(|url| vec![Server::new(url)]);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
    let secret = bearer
        .description(Some("A guest's device secret: 43 characters of base64url, kept by the browser for one site."))
        .build();
    let components = description.components.get_or_insert_default();
    components.add_security_scheme("device_secret", SecurityScheme::Http(secret));
    description
}
