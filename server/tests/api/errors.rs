//! One envelope for every failure.

use crate::server::{Ask, Guest, Reply, TestServer, new_comment, request_id};
use afterword_wire::ErrorCode;
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Codes that need a broken disk, a stuck database or half a minute, and are shown by the tests of those.
const ELSEWHERE: [ErrorCode; 3] = [ErrorCode::Timeout, ErrorCode::StorageFull, ErrorCode::Internal];

async fn all_failures() -> Vec<Reply> {
    let server = TestServer::start().await;
    let (mara, noor) = (Guest::new('m'), Guest::new('n'));
    let late = server.comment(&mara, "/a", None, "Late").await.comment.id;
    server.clock.advance_s(1000);
    let mine = server.comment(&mara, "/a", None, "Mine").await.comment.id;
    let gone = server.comment(&mara, "/a", None, "Gone").await.comment.id;
    server.delete(&mara, gone).await;
    let used = new_comment("/a", None, "Used");
    let mut reused = used.clone();
    reused["body_markdown"] = "Reused".into();
    server.send(Ask::write(Method::POST, "/v1/comments?site=blog", &used).by(&mara).build()).await;
    let site = server.store.find_site("blog").await.expect("a database").expect("a site");
    server
        .store
        .set_thread_closed(site.id, "/closed", true, afterword_wire::ChangeId(1), crate::server::START)
        .await
        .expect("closed");

    let post = |body: Value| Ask::write(Method::POST, "/v1/comments?site=blog", &body).by(&mara);
    let edit = |id, guest: &Guest| {
        let body = json!({ "request_id": request_id(), "body_markdown": "Edited" });
        Ask::write(Method::PATCH, &format!("/v1/comments/{id}?site=blog"), &body).by(guest)
    };
    let asks = [
        post(json!({})),
        post(new_comment("/a", None, " ")),
        post(json!({})).header("content-type", "text/plain"),
        post(json!({})).body(vec![b' '; 70_000]),
        post(json!({})).without("authorization"),
        post(json!({})).header("origin", "https://evil.example"),
        edit(mine, &noor),
        edit(late, &mara),
        Ask::get("/v1/thread?site=nosite&page=/a"),
        Ask::get("/v1/branch?site=blog&comment=0000000000000"),
        Ask::get("/nothing"),
        Ask::new(Method::PUT, "/v1/thread?site=blog&page=/a"),
        post(new_comment("/b", Some(mine), "Elsewhere")),
        post(new_comment("/a", Some(gone), "Late")),
        edit(gone, &mara),
        post(new_comment("/closed", None, "Late")),
        post(reused),
    ];
    let mut replies = Vec::new();
    for ask in asks {
        replies.push(server.send(ask.build()).await);
    }
    let strict = TestServer::with(1, &[]).await;
    for _ in 0..2 {
        replies.push(strict.send(post(new_comment("/a", None, "Often")).build()).await);
    }
    strict.store.close().await;
    replies.push(strict.get("/readyz").await);
    replies
}

#[tokio::test]
async fn every_code_a_client_can_meet_comes_in_the_envelope_with_its_status() {
    let mut envelopes = BTreeMap::new();
    for reply in all_failures().await.iter().filter(|reply| !reply.status.is_success()) {
        let mut body = reply.json();
        let code: ErrorCode = serde_json::from_value(body["error"]["code"].clone()).expect("a code");
        assert_eq!(reply.status.as_u16(), code.http_status(), "{code:?}");
        if let Some(wait) = body["error"].get_mut("retry_after_s") {
            assert!(wait.as_u64().is_some_and(|wait| wait > 0));
            *wait = "[seconds]".into();
        }
        envelopes.insert(code.as_str(), body);
    }
    for code in ErrorCode::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        assert!(envelopes.contains_key(code.as_str()), "{code:?} was not met");
    }
    insta::assert_json_snapshot!("envelopes", envelopes);
}
