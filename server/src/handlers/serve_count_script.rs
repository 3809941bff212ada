//! `GET /count.js`

use crate::app::App;
use crate::asset::Keep;
use crate::failure::Answer;
use afterword_wire::address;
use axum::extract::{Request, State};
use axum::response::Response;

/// `GET /count.js`: the script that writes comment counts into a page.
#[utoipa::path(
    get,
    path = address::COUNT_SCRIPT,
    tag = "files",
    responses((status = 200, description = "The script.", body = String, content_type = "text/javascript"))
)]
pub async fn serve_count_script(State(app): State<App>, request: Request) -> Answer<Response> {
    app.widget.count_script().respond(request.headers(), Keep::Shortly)
}
