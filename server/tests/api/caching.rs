//! What is kept, by us and by others.

use crate::server::{Ask, Guest, TestServer};
use axum::http::StatusCode;
use std::io::Read;

const THREAD: &str = "/v1/thread?site=blog&page=/a";

#[tokio::test]
async fn what_a_client_holds_is_not_sent_again_until_the_thread_changes() {
    let server = TestServer::start().await;
    let etag = server.get(THREAD).await.header("etag").to_owned();
    let again = || Ask::get(THREAD).header("if-none-match", &etag).build();
    let held = server.send(again()).await;
    assert_eq!((held.status, held.bytes.len(), held.header("etag")), (StatusCode::NOT_MODIFIED, 0, etag.as_str()));
    server.comment(&Guest::new('m'), "/a", None, "News").await;
    assert_eq!(server.send(again()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn authors_see_their_write_in_every_form_at_once() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let forms = [THREAD, "/v1/thread.html?site=blog&page=/a", "/thread?site=blog&page=/a"];
    for form in forms {
        server.get(form).await;
    }
    for n in 0..20 {
        let word = format!("word{n}");
        let id = server.comment(&guest, "/a", None, &word).await.comment.id;
        for form in forms {
            assert!(server.get(form).await.text().contains(&word), "{form} lacks {word}");
        }
        server.delete(&guest, id).await;
        assert!(!server.get(THREAD).await.text().contains(&word));
    }
}

#[tokio::test]
async fn a_write_past_this_process_is_seen_too() {
    let server = TestServer::start().await;
    let site = server.store.find_site("blog").await.expect("a database").expect("a site");
    assert!(!server.get(THREAD).await.text().contains("is_closed"));
    server.store.set_thread_closed(site.id, "/a", true, afterword_wire::ChangeId(1), crate::server::START).await.expect("closed");
    let mut tries = 0;
    while !server.get(THREAD).await.text().contains("is_closed") {
        tries += 1;
        assert!(tries < 100, "the change was never noticed");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn each_encoding_has_its_own_etag_and_the_same_text() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, &"long words ".repeat(100)).await;
    let plain = server.get(THREAD).await;
    let brotli = server.send(Ask::get(THREAD).header("accept-encoding", "gzip, br").build()).await;
    let gzip = server.send(Ask::get(THREAD).header("accept-encoding", "gzip").build()).await;
    assert_eq!((brotli.header("content-encoding"), gzip.header("content-encoding")), ("br", "gzip"));
    let etags = [plain.header("etag"), brotli.header("etag"), gzip.header("etag")];
    assert!(etags[0] != etags[1] && etags[1] != etags[2] && etags[0] != etags[2], "{etags:?}");
    let mut text = String::new();
    brotli::Decompressor::new(&brotli.bytes[..], 4096).read_to_string(&mut text).expect("brotli");
    assert_eq!(text, plain.text());
    text.clear();
    flate2::read::GzDecoder::new(&gzip.bytes[..]).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, plain.text());
    assert_eq!(plain.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn every_origin_may_read_and_the_answer_names_none() {
    let server = TestServer::start().await;
    let ask = Ask::get(THREAD).header("origin", "https://stranger.example").build();
    let reply = server.send(ask).await;
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert!(reply.headers.get("access-control-allow-credentials").is_none());
    assert_eq!(reply.header("cache-control"), "public, max-age=0, s-maxage=5");
}

#[tokio::test]
async fn answers_for_one_person_are_never_stored() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "Mine").await.comment.id;
    let address = format!("/v1/comments/{id}/source?site=blog");
    for ask in [Ask::get(&address).by(&guest), Ask::get(&address), Ask::comment(&guest, "/a", None, "x")] {
        let reply = server.send(ask.build()).await;
        assert_eq!((reply.header("cache-control"), reply.header("vary")), ("no-store", "origin"));
    }
}

#[tokio::test]
async fn head_answers_like_get_without_the_body() {
    let server = TestServer::start().await;
    let head = server.send(Ask::new(axum::http::Method::HEAD, THREAD).build()).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("etag"), server.get(THREAD).await.header("etag"));
}
