//! The script with the thread inside: `GET /embed/SLUG.js?page=PAGE_KEY`.

use crate::declarative::{THREAD, server_with_break_outs};
use crate::server::{Ask, Guest, TestServer};
use axum::http::StatusCode;
use std::io::Read;

const SCRIPT: &str = "/embed/blog.js?page=/a";

/// The string literal in which `script` differs from `embed.js`.
fn literal(embed: &str, script: &str) -> String {
    let slot = embed.find("AFTERWORD_PAINTED").expect("a place for the thread") - 1;
    let after = embed.len() - slot - "\"AFTERWORD_PAINTED\"".len();
    assert_eq!((&script[..slot], &script[script.len() - after..]), (&embed[..slot], &embed[embed.len() - after..]));
    script[slot..script.len() - after].to_owned()
}

#[tokio::test]
async fn the_script_holds_the_painted_thread_and_nothing_else_is_changed() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, "First **words**.").await;
    let script = server.get(SCRIPT).await;
    assert_eq!((script.status, script.header("content-type")), (StatusCode::OK, "text/javascript; charset=utf-8"));
    let literal = literal(&server.get("/embed.js").await.text(), &script.text());
    let html: String = serde_json::from_str(&literal).expect("a string");
    assert!(html.contains("First <strong>words</strong>"));
    assert_eq!(html, server.get(THREAD).await.text());
}

#[tokio::test]
async fn nothing_a_reader_writes_ends_the_string_or_the_script() {
    let server = server_with_break_outs().await;
    let script = server.get(SCRIPT).await.text();
    let literal = literal(&server.get("/embed.js").await.text(), &script);
    let html: String = serde_json::from_str(&literal).expect("one whole string");
    assert_eq!(html, server.get(THREAD).await.text());
    assert!(!literal.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']), "{literal}");
}

#[tokio::test]
async fn the_script_is_kept_by_others_as_long_as_the_thread_is() {
    let server = TestServer::start().await;
    let reply = server.get(SCRIPT).await;
    for name in ["cache-control", "cdn-cache-control", "vary", "access-control-allow-origin", "x-content-type-options"] {
        assert_eq!(reply.header(name), server.get(THREAD).await.header(name), "{name}");
    }
    assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
    let again = || Ask::get(SCRIPT).header("if-none-match", reply.header("etag")).build();
    assert_eq!(server.send(again()).await.status, StatusCode::NOT_MODIFIED);
    server.comment(&Guest::new('m'), "/a", None, "News").await;
    let fresh = server.send(again()).await;
    assert_eq!(fresh.status, StatusCode::OK);
    assert!(fresh.text().contains("News"));
}

#[tokio::test]
async fn the_script_is_packed_like_every_answer() {
    let server = TestServer::start().await;
    let plain = server.get(SCRIPT).await;
    let packed = server.send(Ask::get(SCRIPT).header("accept-encoding", "br").build()).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_ne!(packed.header("etag"), plain.header("etag"));
    let mut text = String::new();
    brotli::Decompressor::new(&packed.bytes[..], 4096).read_to_string(&mut text).expect("brotli");
    assert_eq!(text, plain.text());
}

#[tokio::test]
async fn sort_and_language_are_those_asked_for() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, "Elder").await;
    server.comment(&Guest::new('m'), "/a", None, "Younger").await;
    let script = server.get("/embed/blog.js?page=/a&sort=newest&lang=ar").await.text();
    assert!(script.contains("dir=\\\"rtl\\\""));
    let at = |word: &str| script.find(word).unwrap_or_else(|| panic!("{word} is not there"));
    assert!(at("Younger") < at("Elder"));
}

#[tokio::test]
async fn a_mistake_in_the_tag_is_told_to_whoever_opens_its_address() {
    let server = TestServer::start().await;
    for (address, code) in [
        ("/embed/blgo.js?page=/a", "site_not_found"),
        ("/embed/blog?page=/a", "not_found"),
        ("/embed/.js?page=/a", "not_found"),
        ("/embed/blog.js", "bad_request"),
        ("/embed/blog.js?page=", "invalid_field"),
        ("/embed/blog.js?page=/a&sort=best", "invalid_field"),
        ("/embed/blog.js?page=/a&token=x", "bad_request"),
    ] {
        let reply = server.get(address).await;
        assert_eq!((reply.code().as_str(), reply.header("access-control-allow-origin")), (code, "*"), "{address}");
        assert_eq!(reply.header("cache-control"), "no-store", "{address}");
    }
}

#[tokio::test]
async fn while_the_database_is_away_the_script_comes_without_the_thread_and_nobody_keeps_it() {
    let server = TestServer::start().await;
    let embed = server.get("/embed.js").await.text();
    server.store.close().await;
    let reply = server.get(SCRIPT).await;
    assert_eq!((reply.status, literal(&embed, &reply.text()).as_str()), (StatusCode::OK, "\"\""));
    assert_eq!((reply.header("cache-control"), reply.header("cross-origin-resource-policy")), ("no-store", "cross-origin"));
    assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
}
