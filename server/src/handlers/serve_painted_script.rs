//! `GET /embed/{script}`

use crate::answer_cache::{Form, Subject};
use crate::app::App;
use crate::asset::{content_type, open_to_all};
use crate::failure::{Answer, Failure};
use crate::openapi::{LangParam, ListingParams, PageParam};
use crate::query::Query;
use crate::reading::{find_answer, refuse_reader};
use afterword_wire::{ErrorBody, ErrorCode, address};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// `GET /embed/{script}`: `embed.js` with the painted thread inside, so that the first comment is one request away.
///
/// While the database does not answer it is `embed.js` with an empty string, which asks for the thread and offers to try again:
/// a browser runs no script that comes with an error. A client's mistake is an error all the same, for whoever opens the address to read.
#[utoipa::path(
    get,
    path = address::PAINTED_SCRIPT,
    tag = "files",
    params(
        ("script" = String, Path, description = "The site's slug and `.js`."),
        PageParam, ListingParams, LangParam,
    ),
    responses(
        (status = 200, description = "The script with the thread.", body = String, content_type = "text/javascript"),
        (status = 304, description = "What `If-None-Match` names still holds."),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn serve_painted_script(State(app): State<App>, Path(script): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let subject = |query: &Query<'_>| Ok(Subject::Thread(query.page()?.to_owned()));
    let form = |query: &Query<'_>| Ok(Form::Script(query.lang()?));
    let answer = match site_slug(&script) {
        Ok(slug) => find_answer(&app, &parts, Some(slug), subject, form).await,
        Err(failure) => Err(failure),
    };
    let answer = answer.or_else(|failure| {
        if !failure.is_ours() {
            return Err(failure);
        }
        failure.log();
        Ok(without_thread(&app))
    });
    answer.unwrap_or_else(refuse_reader)
}

fn without_thread(app: &App) -> Response {
    let mut response = Response::new(Body::from(app.widget.embed_script().with_painted("\"\"")));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type("text/javascript"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    open_to_all(headers);
    response
}

fn site_slug(script: &str) -> Answer<&str> {
    let no_script = || Failure::new(ErrorCode::NotFound, "there is no such script; `SLUG.js` is expected, with a site's slug");
    script.strip_suffix(".js").filter(|slug| !slug.is_empty()).ok_or_else(no_script)
}
