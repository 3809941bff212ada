//! An anonymous answer, ready to send as often as it is asked for.

use crate::encoding::{Effort, Encoding};
use crate::failure::{Answer, Failure};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Read;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Browsers ask again each time (and mostly hear 304), so that authors see what they wrote. A shared cache may spare the
/// server and answer for up to five seconds.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=5");
/// What only CDNs read (RFC 9213); `stale-while-revalidate` in `Cache-Control` would let an author's own browser show the
/// thread without what was just written.
const CDN_CACHE_CONTROL: HeaderValue =
    HeaderValue::from_static("public, max-age=5, stale-while-revalidate=10, stale-if-error=86400");
/// From this request on an answer counts as asked for often; where no turn was free, it is tried again later.
const WORTH_AFTER: u32 = 2;
const TRY_EVERY: u32 = 32;
/// A thread that has just changed may change again before its answer is packed thoroughly, and all the work be lost.
const SETTLED_AFTER: Duration = Duration::from_secs(1);
const UNPACKING_BUFFER_BYTES: usize = 4096;
const CDN_CACHE_CONTROL_NAME: HeaderName = HeaderName::from_static("cdn-cache-control");

/// What a handler produced: bytes of one type, before they are packed.
#[derive(Debug)]
pub struct Produced {
    /// MIME type.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub bytes: Vec<u8>,
    /// Header fields besides the usual ones.
    pub extra_headers: Vec<(HeaderName, HeaderValue)>,
}

/// What an answer was made from: everything that had happened by then.
#[derive(Clone, Copy, Debug)]
pub struct AsOf {
    /// The stamp of what it shows, before that was read.
    pub stamp: u64,
    /// When that was.
    pub at: Instant,
}

/// A produced answer with its packed bytes and header fields, valid as long as the stamp is.
#[derive(Debug)]
pub struct KeptAnswer {
    /// What it was made from.
    pub as_of: AsOf,
    etag: HeaderValue,
    headers: HeaderMap,
    body: Bytes,
    digest: [u8; 32],
    improvable: bool,
    times_asked: AtomicU32,
}

impl KeptAnswer {
    /// Packs what was produced. Takes milliseconds for a long slice.
    ///
    /// # Errors
    /// `internal` when packing fails.
    pub fn new(produced: Produced, encoding: Encoding, as_of: AsOf) -> Answer<Self> {
        let digest = Sha256::digest(&produced.bytes).into();
        let etag = etag(&digest, encoding, Effort::Quick)?;
        let body = Bytes::from(encoding.pack(produced.bytes, Effort::Quick).map_err(Failure::internal)?);
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(produced.content_type));
        if let Some(encoding) = encoding.content_encoding() {
            headers.insert(header::CONTENT_ENCODING, encoding);
        }
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
        headers.insert(CDN_CACHE_CONTROL_NAME, CDN_CACHE_CONTROL);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // Inserted, not extended: an own `Vary` stands instead of the usual one.
        for (name, value) in produced.extra_headers {
            headers.insert(name, value);
        }
        let improvable = encoding == Encoding::Brotli;
        Ok(Self { as_of, etag, headers, body, digest, improvable, times_asked: AtomicU32::new(0) })
    }

    /// How long it has held.
    pub fn age(&self) -> Duration {
        self.as_of.at.elapsed()
    }

    /// Counts a request for this answer, which is so old. Whether it has held long enough, is asked for often enough, and packed
    /// badly enough, to be packed anew.
    pub fn is_worth_improving(&self, age: Duration) -> bool {
        let is_its_turn = self.improvable && self.times_asked.fetch_add(1, Ordering::Relaxed) % TRY_EVERY == WORTH_AFTER;
        is_its_turn && age >= SETTLED_AFTER
    }

    /// The same answer, packed as small as it gets. Takes a quarter of a second.
    ///
    /// # Errors
    /// `internal` when packing fails.
    pub fn improved(&self) -> Answer<Self> {
        let mut bytes = Vec::with_capacity(self.body.len() * 8);
        let mut unpacking = brotli::Decompressor::new(&self.body[..], UNPACKING_BUFFER_BYTES);
        unpacking.read_to_end(&mut bytes).map_err(Failure::internal)?;
        let body = Encoding::Brotli.pack(bytes, Effort::Thorough).map_err(Failure::internal)?;
        let etag = etag(&self.digest, Encoding::Brotli, Effort::Thorough)?;
        let mut headers = self.headers.clone();
        headers.insert(header::ETAG, etag.clone());
        let (as_of, digest) = (self.as_of, self.digest);
        Ok(Self { as_of, etag, headers, body: body.into(), digest, improvable: false, times_asked: AtomicU32::new(0) })
    }

    /// The answer to a request with these header fields: 304 when the client holds it already.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        response.headers_mut().clone_from(&self.headers);
        if is_held(request, &self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_TYPE);
            response.headers_mut().remove(header::CONTENT_ENCODING);
        } else {
            *response.body_mut() = Body::from(self.body.clone());
        }
        response
    }

    /// The bytes as packed.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// About how much memory it takes.
    pub fn size_bytes(&self) -> usize {
        self.body.len() + 1024
    }
}

/// A strong ETag for bytes with this digest in this encoding.
pub fn etag(digest: &[u8; 32], encoding: Encoding, effort: Effort) -> Answer<HeaderValue> {
    let mut text = String::with_capacity(40);
    text.push('"');
    for byte in &digest[..12] {
        write!(text, "{byte:02x}").map_err(Failure::internal)?;
    }
    text.push_str(encoding.etag_suffix(effort));
    text.push('"');
    HeaderValue::from_str(&text).map_err(Failure::internal)
}

/// Whether `If-None-Match` names this ETag. A proxy that packs anew may have weakened it.
pub fn is_held(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let offers = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut held = offers.flat_map(|value| value.split(',')).map(str::trim);
    held.any(|held| held == "*" || held.strip_prefix("W/").unwrap_or(held).as_bytes() == etag.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_of(stamp: u64) -> AsOf {
        AsOf { stamp, at: Instant::now() }
    }

    fn kept(encoding: Encoding) -> KeptAnswer {
        let produced = Produced { content_type: "text/plain", bytes: b"hello".to_vec(), extra_headers: Vec::new() };
        KeptAnswer::new(produced, encoding, as_of(0)).expect("packs")
    }

    #[test]
    fn what_the_client_holds_is_not_sent_again() {
        let answer = kept(Encoding::Gzip);
        let mut request = HeaderMap::new();
        request.insert(header::IF_NONE_MATCH, answer.etag.clone());
        let response = answer.respond(&request);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(response.headers().get(header::ETAG), Some(&answer.etag));
        assert!(response.headers().get(header::CONTENT_ENCODING).is_none());
    }

    #[test]
    fn the_same_answer_in_another_encoding_has_another_etag() {
        assert_ne!(kept(Encoding::Gzip).etag, kept(Encoding::Brotli).etag);
        assert_eq!(kept(Encoding::Gzip).etag, kept(Encoding::Gzip).etag);
    }

    #[test]
    fn an_improved_answer_is_smaller_and_says_the_same() {
        let text: String = (0..2000).map(|n| format!("Comment {n} of {} words. ", n * 7919 % 101)).collect();
        let produced = Produced { content_type: "text/plain", bytes: text.clone().into_bytes(), extra_headers: Vec::new() };
        let quick = KeptAnswer::new(produced, Encoding::Brotli, as_of(7)).expect("packs");
        let thorough = quick.improved().expect("packs");
        assert!(thorough.body.len() < quick.body.len());
        assert!(
            thorough.etag != quick.etag
                && thorough.as_of.stamp == quick.as_of.stamp
                && !thorough.is_worth_improving(SETTLED_AFTER)
        );
        let mut unpacked = String::new();
        brotli::Decompressor::new(&thorough.body[..], 4096).read_to_string(&mut unpacked).expect("brotli");
        assert_eq!(unpacked, text);
    }

    #[test]
    fn an_answer_is_worth_improving_when_it_is_asked_for_often() {
        let answer = kept(Encoding::Brotli);
        let worth: Vec<bool> = (0..4).map(|_| answer.is_worth_improving(SETTLED_AFTER)).collect();
        assert_eq!(worth, [false, false, true, false]);
    }

    #[test]
    fn an_answer_that_may_soon_change_is_not_worth_it() {
        let answer = kept(Encoding::Brotli);
        let age = SETTLED_AFTER - Duration::from_millis(1);
        assert!((0..=TRY_EVERY).all(|_| !answer.is_worth_improving(age)));
        let again = (0..TRY_EVERY).filter(|_| answer.is_worth_improving(SETTLED_AFTER)).count();
        assert_eq!(again, 1, "and is tried again later");
    }

    #[test]
    fn a_weakened_etag_among_several_is_recognised() {
        let answer = kept(Encoding::Brotli);
        let etag = answer.etag.to_str().expect("ASCII");
        let mut request = HeaderMap::new();
        let value = format!("\"other\", W/{etag}");
        request.insert(header::IF_NONE_MATCH, value.parse().expect("a header value"));
        assert!(is_held(&request, &answer.etag));
    }
}
