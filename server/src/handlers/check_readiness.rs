//! `GET /readyz`

use crate::app::App;
use crate::failure::Answer;
use afterword_wire::{ErrorBody, address};
use axum::extract::State;

/// `GET /readyz`: the database answers.
#[utoipa::path(
    get,
    path = address::READY,
    tag = "operation",
    responses(
        (status = 200, description = "Requests can be served.", body = String, content_type = "text/plain"),
        (status = 503, description = "The database does not answer.", body = ErrorBody),
    )
)]
pub async fn check_readiness(State(app): State<App>) -> Answer<&'static str> {
    app.store.ping().await?;
    Ok("ready\n")
}
