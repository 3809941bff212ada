//! A write happens once, however often it is sent.

use crate::server::{Ask, Guest, TestServer, new_comment, request_id};
use axum::http::{Method, StatusCode};
use serde_json::json;
use std::sync::Arc;

const COMMENTS: &str = "/v1/comments?site=blog";

#[tokio::test]
async fn a_repeated_write_answers_with_its_first_result() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let body = new_comment("/a", None, "Once");
    let ask = || Ask::write(Method::POST, COMMENTS, &body).by(&guest).build();
    let (first, second) = (server.send(ask()).await, server.send(ask()).await);
    assert_eq!((first.status, first.json()), (StatusCode::CREATED, second.json()));
    assert_eq!(second.status, StatusCode::CREATED);
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 1);
}

#[tokio::test]
async fn fifty_copies_at_once_write_one_comment() {
    let server = Arc::new(TestServer::start().await);
    let (guest, body) = (Guest::new('m'), new_comment("/a", None, "Once"));
    let copies = (0..50).map(|_| {
        let (server, ask) = (Arc::clone(&server), Ask::write(Method::POST, COMMENTS, &body).by(&guest).build());
        tokio::spawn(async move { server.send(ask).await.json()["comment"]["id"].clone() })
    });
    let mut ids = Vec::new();
    for copy in copies.collect::<Vec<_>>() {
        ids.push(copy.await.expect("no panic"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 1);
}

#[tokio::test]
async fn spaces_and_the_order_of_fields_do_not_make_another_write() {
    let server = TestServer::start().await;
    let (guest, id) = (Guest::new('m'), request_id());
    let bodies = [
        format!(r#"{{"request_id":"{id}","page":{{"key":"/a"}},"body_markdown":"Once","author":{{"name":"Mara"}}}}"#),
        format!(
            r#"{{ "author": {{"name": "Mara"}}, "body_markdown": "O\u006ece", "page": {{"key":"/a"}}, "request_id": "{id}" }}"#
        ),
    ];
    for body in bodies {
        let reply = server.send(Ask::write(Method::POST, COMMENTS, &json!(null)).by(&guest).body(body).build()).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    }
}

#[tokio::test]
async fn the_same_request_id_for_another_write_is_refused() {
    let server = TestServer::start().await;
    let (guest, other) = (Guest::new('m'), Guest::new('n'));
    let body = new_comment("/a", None, "Once");
    let id = server.send(Ask::write(Method::POST, COMMENTS, &body).by(&guest).build()).await.json()["comment"]["id"].clone();
    let mut changed = body.clone();
    changed["body_markdown"] = "Twice".into();
    let path = format!("/v1/comments/{}?site=blog", id.as_str().expect("an id"));
    let asks = [
        Ask::write(Method::POST, COMMENTS, &changed).by(&guest),
        Ask::write(Method::POST, COMMENTS, &body).by(&other),
        Ask::write(Method::DELETE, &path, &json!({ "request_id": body["request_id"] })).by(&guest),
    ];
    for ask in asks {
        let reply = server.send(ask.build()).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::CONFLICT, "request_id_reused"));
    }
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 1);
}

#[tokio::test]
async fn a_repeated_deletion_answers_like_the_first() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "Gone").await.comment.id;
    let body = json!({ "request_id": request_id() });
    let ask = || Ask::write(Method::DELETE, &format!("/v1/comments/{id}?site=blog"), &body).by(&guest).build();
    let (first, second) = (server.send(ask()).await, server.send(ask()).await);
    assert_eq!((first.status, first.json()), (second.status, second.json()));
    assert_eq!(first.status, StatusCode::OK);
}
