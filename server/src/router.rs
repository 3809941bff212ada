//! Which handler answers which address.

use crate::app::App;
use crate::failure::Failure;
use crate::guard::{guard_own, guard_preview, guard_write};
use crate::handlers::answer_icon::answer_icon;
use crate::handlers::answer_preflight::answer_preflight;
use crate::handlers::check_health::check_health;
use crate::handlers::check_readiness::check_readiness;
use crate::handlers::count_comments::count_comments;
use crate::handlers::create_comment::create_comment;
use crate::handlers::create_comment_form::create_comment_form;
use crate::handlers::delete_comment::delete_comment;
use crate::handlers::delete_comment_form::delete_comment_form;
use crate::handlers::describe_api::describe_api;
use crate::handlers::edit_comment::edit_comment;
use crate::handlers::edit_comment_form::edit_comment_form;
use crate::handlers::follow_thread::follow_thread;
use crate::handlers::paint_search::paint_search;
use crate::handlers::paint_thread::paint_thread;
use crate::handlers::preview_body::preview_body;
use crate::handlers::read_branch::read_branch;
use crate::handlers::read_changes::read_changes;
use crate::handlers::read_permalink::read_permalink;
use crate::handlers::read_source::read_source;
use crate::handlers::read_thread::read_thread;
use crate::handlers::search_comments::search_comments;
use crate::handlers::serve_asset::{ASSET, serve_asset};
use crate::handlers::serve_count_script::serve_count_script;
use crate::handlers::serve_painted_script::serve_painted_script;
use crate::handlers::serve_script::serve_script;
use crate::handlers::show_document::show_document;
use crate::handlers::show_frame::show_frame;
use afterword_wire::{ErrorCode, address};
use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, options, patch, post};

/// An address with the methods it takes, besides `HEAD` and `OPTIONS`.
pub struct Route {
    /// The address, as in [`address`].
    pub address: &'static str,
    /// The methods.
    pub methods: Vec<Method>,
    handler: MethodRouter<App>,
}

/// Every address of the server. Nothing is reachable that is not in this list, so tests can go through all of it.
pub fn routes(app: &App) -> Vec<Route> {
    let preflight = || options(answer_preflight);
    let write = from_fn_with_state(app.clone(), guard_write);
    let preview = from_fn_with_state(app.clone(), guard_preview);
    let own = from_fn_with_state(app.clone(), guard_own);
    vec![
        reading(address::THREAD, get(read_thread)),
        reading(address::THREAD_HTML, get(paint_thread)),
        reading(address::BRANCH, get(read_branch)),
        reading(address::PERMALINK, get(read_permalink)),
        reading(address::SEARCH, get(search_comments)),
        reading(address::SEARCH_HTML, get(paint_search)),
        reading(address::COUNTS, get(count_comments)),
        reading(address::CHANGES, get(read_changes)),
        reading(address::LIVE, get(follow_thread)),
        reading(address::THREAD_DOCUMENT, get(show_document)),
        reading(address::FRAME, get(show_frame)),
        route(address::COMMENTS, &[Method::POST], post(create_comment).layer(write.clone()).merge(preflight())),
        route(
            address::COMMENT,
            &[Method::PATCH, Method::DELETE],
            patch(edit_comment).delete(delete_comment).layer(write).merge(preflight()),
        ),
        route(address::COMMENT_SOURCE, &[Method::GET], get(read_source).layer(own).merge(preflight())),
        route(address::PREVIEW, &[Method::POST], post(preview_body).layer(preview).merge(preflight())),
        form(address::COMMENT_FORM, post(create_comment_form)),
        form(address::EDIT_FORM, post(edit_comment_form)),
        form(address::DELETE_FORM, post(delete_comment_form)),
        reading(address::EMBED_SCRIPT, get(serve_script)),
        reading(address::PAINTED_SCRIPT, get(serve_painted_script)),
        reading(address::COUNT_SCRIPT, get(serve_count_script)),
        reading(ASSET, get(serve_asset)),
        reading(address::ICON, get(answer_icon)),
        reading(address::OPENAPI, get(describe_api)),
        reading(address::HEALTH, get(check_health)),
        reading(address::READY, get(check_readiness)),
    ]
}

/// The server's router.
pub fn router(app: App) -> Router {
    let router = routes(&app).into_iter().fold(Router::new(), |router, route| router.route(route.address, route.handler));
    let router = router.fallback(|| async { Failure::new(ErrorCode::NotFound, "there is nothing at this address") });
    let wrong_method = || async { Failure::new(ErrorCode::MethodNotAllowed, "this address does not take this method") };
    router.method_not_allowed_fallback(wrong_method).with_state(app)
}

fn reading(address: &'static str, handler: MethodRouter<App>) -> Route {
    route(address, &[Method::GET], handler)
}

/// A form of our own document. What may send it is decided in `form_post`.
fn form(address: &'static str, handler: MethodRouter<App>) -> Route {
    route(address, &[Method::POST], handler)
}

fn route(address: &'static str, methods: &[Method], handler: MethodRouter<App>) -> Route {
    Route { address, methods: methods.to_vec(), handler }
}
