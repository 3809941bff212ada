//! A request's body, read as JSON within limits.

use crate::app::App;
use crate::failure::{Answer, Failure};
use afterword_wire::ErrorCode;
use afterword_wire::limits::MAX_REQUEST_BYTES;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Bytes;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a body may take to come.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A body of a wire type.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Answer<Self> {
        let bytes = read(request).await?;
        let body = serde_json::from_slice(&bytes);
        body.map(Self).map_err(|error| Failure::bad_request(format!("the body is not the JSON expected here: {error}")))
    }
}

async fn read(request: Request) -> Answer<Bytes> {
    if announced_bytes(request.headers()).is_some_and(|bytes| bytes > MAX_REQUEST_BYTES as u64) {
        return Err(too_large());
    }
    let body: Limited<Body> = Limited::new(request.into_body(), MAX_REQUEST_BYTES);
    let reading = tokio::time::timeout(BODY_TIMEOUT, body.collect());
    let read = reading.await.map_err(|_| Failure::new(ErrorCode::Timeout, "the body did not arrive within 30 s"))?;
    read.map(http_body_util::Collected::to_bytes)
        .map_err(|error| if error.is::<LengthLimitError>() { too_large() } else { Failure::bad_request("the body broke off") })
}

fn announced_bytes(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Failure {
    Failure::new(ErrorCode::TooLarge, format!("the body is larger than {MAX_REQUEST_BYTES} bytes"))
}
