//! What may befall an answer on its way.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use std::io::{Error, ErrorKind};

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is a 404 instead, in plain text.
    NotFound,
    /// It says that it is HTML.
    WrongType,
    /// Its second half does not come: the connection breaks.
    CutOff,
    /// Its second half does not come: the connection stays and is silent.
    Stalled,
}

impl Fault {
    /// The answer with `head` and `bytes`, as it arrives.
    #[must_use]
    pub fn befall(self, mut head: Response, bytes: Bytes) -> Response {
        let half = bytes.slice(..bytes.len() / 2);
        *head.body_mut() = match self {
            Self::NotFound => {
                *head.status_mut() = StatusCode::NOT_FOUND;
                head.headers_mut().remove(header::CONTENT_ENCODING);
                head.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
                Body::from("not here")
            }
            Self::WrongType => {
                head.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
                Body::from(bytes)
            }
            Self::CutOff => Body::from_stream(stream::iter([Ok(half), Err(Error::from(ErrorKind::BrokenPipe))])),
            Self::Stalled => Body::from_stream(stream::iter([Ok::<_, Error>(half)]).chain(stream::pending())),
        };
        // None of them is to be met again in a cache.
        head.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        head
    }
}
