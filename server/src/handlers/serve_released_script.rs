//! `GET /embed-VERSION.js`

use crate::app::App;
use crate::asset::Keep;
use crate::failure::{Answer, Failure};
use afterword_wire::{ErrorBody, ErrorCode, address};
use axum::extract::{Path, Request, State};
use axum::response::Response;

/// `GET /embed-VERSION.js`: `embed.js` as it was released. It never changes, so a page can name its hash (`integrity`), and it
/// goes on working with every later server of the same contract.
#[utoipa::path(
    get,
    path = address::RELEASED_SCRIPT,
    tag = "files",
    params(("file" = String, Path, description = "`embed-VERSION.js`, for example `embed-0.1.0.js`.")),
    responses(
        (status = 200, description = "The script.", body = String, content_type = "text/javascript"),
        (status = 404, description = "No such release, or one newer than this server.", body = ErrorBody),
    )
)]
pub async fn serve_released_script(State(app): State<App>, Path(file): Path<String>, request: Request) -> Answer<Response> {
    let version = file.strip_prefix("embed-").and_then(|rest| rest.strip_suffix(".js"));
    let script = version.and_then(|version| app.widget.released_script(version));
    let script = script.ok_or_else(|| Failure::new(ErrorCode::NotFound, "there is nothing at this address"))?;
    script.respond(request.headers(), Keep::Always)
}
