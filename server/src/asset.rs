//! A file that browsers load and keep.

use crate::encoding::{Effort, Encoding};
use crate::failure::Answer;
use crate::kept_answer::{etag, is_held};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// How long browsers may keep a file without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For ever: its name changes with its content.
    Always,
    /// Five minutes, and a day more while they ask in the background: its name stays.
    Shortly,
}

/// A file with its packed forms.
#[derive(Clone, Debug)]
pub struct Asset {
    content_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    digest: [u8; 32],
}

/// A file as the program finds it: inside itself, or made at the start.
pub type FileBytes = Cow<'static, [u8]>;

impl Asset {
    /// A file with the packed forms there are. `content_type` is its MIME type; text is UTF-8.
    pub fn new(content_type: &'static str, plain: FileBytes, brotli: Option<FileBytes>, gzip: Option<FileBytes>) -> Self {
        let digest = Sha256::digest(&plain).into();
        let (brotli, gzip) = (brotli.map(to_bytes), gzip.map(to_bytes));
        Self { content_type, plain: to_bytes(plain), brotli, gzip, digest }
    }

    /// A file small enough to be packed when the program starts.
    pub fn small(content_type: &'static str, plain: FileBytes) -> Self {
        let pack = |encoding: Encoding| encoding.pack(plain.to_vec(), Effort::Thorough).ok().map(Cow::Owned);
        let (brotli, gzip) = (pack(Encoding::Brotli), pack(Encoding::Gzip));
        Self::new(content_type, plain, brotli, gzip)
    }

    /// The bytes as they are.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// SHA-256 of the bytes as they are.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The answer to a request for this file.
    ///
    /// # Errors
    /// `internal`, never seen: an ETag of hexadecimal digits is a header value.
    pub fn respond(&self, request: &HeaderMap, keep: Keep) -> Answer<Response> {
        let (encoding, bytes) = self.packed(Encoding::accepted_by(request));
        let etag = etag(&self.digest, encoding, Effort::Thorough)?;
        let mut response = Response::new(Body::empty());
        if is_held(request, &etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = Body::from(bytes.clone());
            response.headers_mut().insert(header::CONTENT_TYPE, content_type(self.content_type));
            response.headers_mut().extend(encoding.content_encoding().map(|value| (header::CONTENT_ENCODING, value)));
        }
        let headers = response.headers_mut();
        headers.insert(header::ETAG, etag);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::CACHE_CONTROL, cache_control(keep));
        open_to_all(headers);
        Ok(response)
    }

    fn packed(&self, wanted: Encoding) -> (Encoding, &Bytes) {
        let packed = match wanted {
            Encoding::Brotli => self.brotli.as_ref(),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Identity => None,
        };
        packed.map_or((Encoding::Identity, &self.plain), |bytes| (wanted, bytes))
    }
}

/// The header fields with which pages of any origin may load a file as what it is.
pub fn open_to_all(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// The value of `Content-Type` for a MIME type: text says that it is UTF-8.
pub fn content_type(mime: &'static str) -> HeaderValue {
    match mime {
        "text/javascript" => HeaderValue::from_static("text/javascript; charset=utf-8"),
        "text/css" => HeaderValue::from_static("text/css; charset=utf-8"),
        other => HeaderValue::from_static(other),
    }
}

fn cache_control(keep: Keep) -> HeaderValue {
    HeaderValue::from_static(match keep {
        Keep::Always => "public, max-age=31536000, immutable",
        Keep::Shortly => "public, max-age=300, stale-while-revalidate=86400",
    })
}

fn to_bytes(bytes: FileBytes) -> Bytes {
    match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}
