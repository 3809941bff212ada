//! `GET /favicon.ico`

use afterword_wire::address;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// `GET /favicon.ico`: nothing, said once a day, to browsers that ask for an icon nobody named.
#[utoipa::path(
    get,
    path = address::ICON,
    tag = "operation",
    responses((status = 204, description = "There is no icon."))
)]
pub async fn answer_icon() -> impl IntoResponse {
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "public, max-age=86400")])
}
