//! `GET /assets/{file}`

use crate::app::App;
use crate::asset::{Keep, content_type, open_to_all};
use crate::failure::{Answer, Failure};
use afterword_wire::{ErrorBody, ErrorCode};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use std::path::Path as FilePath;

/// The address of this handler.
pub const ASSET: &str = "/assets/{file}";

/// `GET /assets/{file}`: the widget's script, its WebAssembly module, or a style sheet. Names change with content.
#[utoipa::path(
    get,
    path = ASSET,
    tag = "files",
    params(("file" = String, Path, description = "The file's public name, as painted threads give it.")),
    responses(
        (status = 200, description = "The file."),
        (status = 404, description = "No such file in this version.", body = ErrorBody),
    )
)]
pub async fn serve_asset(State(app): State<App>, Path(file): Path<String>, request: Request) -> Answer<Response> {
    if let Some((path, mime)) = app.widget.development_file(&file) {
        let addition = if mime == "text/javascript" { LIVE_PARTS } else { "" };
        return serve_development_file(&path, mime, addition).await;
    }
    let asset = app.widget.asset(&file).ok_or_else(no_such_file)?;
    asset.respond(request.headers(), Keep::Always)
}

/// What stands beside the glue in the built module, in the order of `xtask/src/embed_script.rs`.
const LIVE_PARTS: &str = concat!(
    include_str!("../../../embed/live/report.js"),
    include_str!("../../../embed/live/start.js"),
    include_str!("../../../embed/live/stall.js"),
    include_str!("../../../embed/live/frame.js"),
    include_str!("../../../embed/live/recover.js"),
    include_str!("../../../embed/live/take_over.js"),
);

async fn serve_development_file(path: &FilePath, mime: &'static str, addition: &'static str) -> Answer<Response> {
    let mut bytes = tokio::fs::read(path).await.map_err(|_| no_such_file())?;
    bytes.extend_from_slice(addition.as_bytes());
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    open_to_all(headers);
    Ok(response)
}

fn no_such_file() -> Failure {
    Failure::new(ErrorCode::NotFound, "there is no such file in this version of the server")
}
