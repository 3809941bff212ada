//! `GET /embed.js`

use crate::app::App;
use crate::asset::Keep;
use crate::failure::Answer;
use afterword_wire::address;
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /embed.js`: the one script a page names.
#[utoipa::path(
    get,
    path = address::EMBED_SCRIPT,
    tag = "files",
    responses((status = 200, description = "The script.", body = String, content_type = "text/javascript"))
)]
pub async fn serve_script(State(app): State<App>, request: Request) -> Answer<Response> {
    app.widget.embed_script().alone().respond(request.headers(), Keep::Shortly)
}
