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
        let bytes = read_body(request, MAX_REQUEST_BYTES).await?;
        let body = serde_json::from_slice(&bytes);
        body.map(Self).map_err(|error| Failure::bad_request(format!("the body is not the JSON expected here: {error}")))
    }
}

/// Reads a body of at most so many bytes; one that is announced larger is not read at all.
///
/// # Errors
/// `too_large`, `timeout`, `bad_request` when it breaks off.
pub async fn read_body(request: Request, max_bytes: usize) -> Answer<Bytes> {
    let too_large = || Failure::new(ErrorCode::TooLarge, format!("the body is larger than {max_bytes} bytes"));
    if announced_bytes(request.headers()).is_some_and(|bytes| bytes > max_bytes as u64) {
        return Err(too_large());
    }
    let body: Limited<Body> = Limited::new(request.into_body(), max_bytes);
    let reading = tokio::time::timeout(BODY_TIMEOUT, body.collect());
    let read = reading.await.map_err(|_| Failure::new(ErrorCode::Timeout, "the body did not arrive within 30 s"))?;
    read.map(http_body_util::Collected::to_bytes)
        .map_err(|error| if error.is::<LengthLimitError>() { too_large() } else { Failure::bad_request("the body broke off") })
}

fn announced_bytes(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
