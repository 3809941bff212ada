//! `GET /healthz`

use afterword_wire::address;

/// `GET /healthz`: the process runs and answers.
#[utoipa::path(get, path = address::HEALTH, tag = "operation", responses((status = 200, description = "It runs.", body = String, content_type = "text/plain")))]
pub async fn check_health() -> &'static str {
    "ok\n"
}
