//! Bytes nobody means well with (faults I1 and I2).

use crate::server::{Ask, Guest, TestServer, new_comment};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

const COMMENTS: &str = "/v1/comments?site=blog";

fn post(body: impl Into<Vec<u8>>) -> Ask {
    Ask::comment(&Guest::new('m'), "/a", None, "").body(body)
}

/// A body that counts how often it is read.
struct Watched {
    left: usize,
    reads: Arc<AtomicUsize>,
}

impl hyper::body::Body for Watched {
    type Data = hyper::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(hyper::body::Frame::data(vec![b' '; 1024].into()))))
    }
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let server = TestServer::start().await;
    let reads = Arc::new(AtomicUsize::new(0));
    let mut request = post("").build();
    request.headers_mut().insert("content-length", (1 << 20).into());
    *request.body_mut() = Body::new(Watched { left: 1024, reads: Arc::clone(&reads) });
    let reply = server.send(request).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (413, "too_large"));
    assert_eq!(reads.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn an_endless_body_is_read_up_to_the_limit_only() {
    let server = TestServer::start().await;
    let reads = Arc::new(AtomicUsize::new(0));
    let mut request = post("").build();
    request.headers_mut().remove("content-length");
    *request.body_mut() = Body::new(Watched { left: usize::MAX, reads: Arc::clone(&reads) });
    assert_eq!(server.send(request).await.status.as_u16(), 413);
    assert!(reads.load(Ordering::Relaxed) <= 66, "{reads:?}");
}

#[tokio::test]
async fn a_packed_body_is_not_unpacked() {
    let server = TestServer::start().await;
    for encoding in ["gzip", "br", "deflate, gzip"] {
        let reply = server.send(post(vec![0; 100]).header("content-encoding", encoding).build()).await;
        assert_eq!(reply.code(), "wrong_content_type", "{encoding}");
    }
}

#[tokio::test]
async fn broken_json_is_the_clients_mistake_whatever_is_broken() {
    let server = TestServer::start().await;
    let good = new_comment("/a", None, "x").to_string();
    let bodies: Vec<Vec<u8>> = vec![
        b"".into(),
        b"null".into(),
        b"[]".into(),
        "[".repeat(10_000).into(),
        format!("{}{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into(),
        good.replacen("\"x\"", &format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)), 1).into(),
        good.replacen('{', "{\"body_markdown\":\"first\",", 1).into(),
        good.replacen('{', "{\"unknown\":1,", 1).into(),
        good.replacen("\"x\"", "\"\\ud800\"", 1).into(),
        good.replacen("\"x\"", "\"\\udc00\\ud800\"", 1).into(),
        good.replacen("\"x\"", "\"\n\"", 1).into(),
        good.replacen("\"x\"", "1e999", 1).into(),
        format!("{good}x").into(),
        format!("\u{feff}{good}").into(),
        good.as_bytes()[..good.len() - 1].into(),
    ];
    for body in bodies {
        let start = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let reply = server.send(post(body).build()).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::BAD_REQUEST, "bad_request"), "{start}");
    }
}

#[tokio::test]
async fn every_byte_that_is_no_text_is_refused() {
    let server = TestServer::start().await;
    let good = new_comment("/a", None, "x").to_string();
    let at = good.find("\"x\"").expect("the body") + 1;
    for byte in (0x00..0x20).chain(0x80..=0xff) {
        let mut body = good.clone().into_bytes();
        body[at] = byte;
        let reply = server.send(post(body).build()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "byte {byte:#x}: {}", reply.text());
    }
}

#[tokio::test]
async fn a_nul_is_refused_by_name() {
    let server = TestServer::start().await;
    let body = new_comment("/a", None, "a\0b").to_string();
    assert!(body.contains("\\u0000"));
    let reply = server.send(post(body).build()).await;
    assert_eq!(reply.code(), "invalid_field");
}

#[tokio::test]
async fn no_address_makes_the_server_fail() {
    let server = TestServer::start().await;
    let long = "x".repeat(5000);
    let queries = [
        "",
        "?",
        "?site",
        "?site=&page=",
        "?site=blog&page=%00",
        "?site=blog&page=%ff",
        "?site=%F0%9F%92%A9&page=a",
        "?site=blog&page=a&cursor=%00%ff",
        "?site=blog&page=a&limit=99999999999999999999",
        "?site=blog&comment='%20OR%201=1",
        "?=&&=&site=blog",
    ];
    for path in [
        "/v1/thread",
        "/v1/thread.html",
        "/v1/branch",
        "/v1/permalink",
        "/v1/search",
        "/v1/search.html",
        "/v1/counts",
        "/thread",
        "/v1/comments/../x",
        "/assets/%2e%2e%2fx",
        "/assets/%ff",
    ] {
        for query in queries {
            let reply = server.get(&format!("{path}{query}")).await;
            assert!(reply.status.as_u16() < 500, "{path}{query}: {}", reply.text());
        }
        assert!(server.get(&format!("{path}?site={long}&page={long}&cursor={long}")).await.status.is_client_error());
    }
}

#[tokio::test]
async fn a_page_key_of_any_text_names_its_own_thread() {
    let server = TestServer::start().await;
    for key in ["/a?b=c&d", "مقال", "/ä/😀", "' OR 1=1 --", "%2Fa", "<script>"] {
        server.send(Ask::write(Method::POST, COMMENTS, &new_comment(key, None, "Here")).by(&Guest::new('m')).build()).await;
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("page", key).finish();
        let slice = server.get(&format!("/v1/thread?site=blog&{query}")).await.json();
        assert_eq!(slice["comment_count"], 1, "{key}");
    }
}
