//! `GET /openapi.json`

use crate::app::App;
use crate::openapi::description;
use afterword_wire::address;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};

/// `GET /openapi.json`: this API, described in OpenAPI 3.1.
#[utoipa::path(get, path = address::OPENAPI, tag = "operation", responses((status = 200, description = "The description.", content_type = "application/json")))]
pub async fn describe_api(State(app): State<App>) -> ([(HeaderName, &'static str); 2], Json<utoipa::openapi::OpenApi>) {
    let headers = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, Json(description(app.settings.public_url.as_deref())))
}
