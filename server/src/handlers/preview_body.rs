//! `POST /v1/preview`

use crate::comment_body::check_unfinished_body;
use crate::failure::Answer;
use crate::json_body::JsonBody;
use crate::openapi::SiteParam;
use crate::render::markdown;
use afterword_wire::{ErrorBody, Preview, Previewed, address};
use axum::Json;

/// `POST /v1/preview`: markdown rendered and sanitised as a posted comment would be. Nothing is stored.
#[utoipa::path(
    post,
    path = address::PREVIEW,
    tag = "writing",
    params(SiteParam),
    request_body = Preview,
    responses(
        (status = 200, description = "The body as readers would see it.", body = Previewed),
        (status = "4XX", description = "The request cannot be answered.", body = ErrorBody),
    )
)]
pub async fn preview_body(JsonBody(body): JsonBody<Preview>) -> Answer<Json<Previewed>> {
    check_unfinished_body(&body.body_markdown)?;
    Ok(Json(Previewed { body_html: markdown::render(&body.body_markdown) }))
}
