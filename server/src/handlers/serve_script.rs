//! `GET /embed.js`

use crate::app::App;
use crate::asset::Keep;
use crate::failure::{Answer, Failure};
use crate::openapi::VersionParam;
use crate::query::Query;
use afterword_wire::{ErrorBody, ErrorCode, address};
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /embed.js`: the one script a page names. With `version` it is the one of that release, which never changes: a page can
/// name its hash (`integrity`), and goes on working with every later server of the same contract.
#[utoipa::path(
    get,
    path = address::EMBED_SCRIPT,
    tag = "files",
    params(VersionParam),
    responses(
        (status = 200, description = "The script.", body = String, content_type = "text/javascript"),
        (status = 404, description = "No such release, or one newer than this server.", body = ErrorBody),
    )
)]
pub async fn serve_script(State(app): State<App>, request: Request) -> Answer<Response> {
    let query = Query::read(request.uri().query())?;
    let Some(version) = query.version()? else {
        return app.widget.embed_script().alone().respond(request.headers(), Keep::Shortly);
    };
    let no_such_release = || Failure::new(ErrorCode::NotFound, "this server knows no release of that version");
    app.widget.released_script(version).ok_or_else(no_such_release)?.respond(request.headers(), Keep::Always)
}
