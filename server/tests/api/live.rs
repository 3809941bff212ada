//! Readers who follow a thread: what they are told, from where on, and how many they may be.

use crate::server::{Ask, Guest, Reply, TestServer, request_id};
use afterword::live::{HandedOver, Listener};
use axum::http::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody who listens.
struct Follower(Listener);

impl Follower {
    async fn of(server: &TestServer, request: Ask) -> Self {
        let response = server.router.clone().oneshot(request.build()).await.expect("the router never fails");
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/event-stream");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["x-accel-buffering"], "no");
        assert_eq!(headers["access-control-allow-origin"], "*");
        Self(response.extensions().get::<HandedOver>().and_then(HandedOver::take).expect("a listener"))
    }

    /// Events as (name, id, data), of the beginning.
    fn beginning(&self) -> Vec<(String, String, Value)> {
        events(std::str::from_utf8(&self.0.beginning).expect("text"))
    }

    /// The next events that are told.
    async fn next(&mut self) -> Vec<(String, String, Value)> {
        loop {
            let bytes = tokio::time::timeout(PATIENCE, self.0.events.recv()).await.expect("in time").expect("not behind");
            let events = events(std::str::from_utf8(&bytes).expect("text"));
            if !events.is_empty() {
                return events;
            }
        }
    }
}

fn events(text: &str) -> Vec<(String, String, Value)> {
    let field = |event: &str, name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    let whole = text.split_terminator("\n\n").filter(|event| event.contains("data: "));
    let read = |event| {
        let data = serde_json::from_str(&field(event, "data: ")).expect("JSON");
        (field(event, "event: "), field(event, "id: "), data)
    };
    whole.map(read).collect()
}

fn ask(page: &str, after: &str) -> Ask {
    Ask::get(&format!("/v1/live?site=blog&page={page}&after={after}"))
}

async fn edit(server: &TestServer, guest: &Guest, comment: &Value, body: &str) -> Reply {
    let address = format!("/v1/comments/{}?site=blog", comment.as_str().expect("an id"));
    let body = json!({ "request_id": request_id(), "body_markdown": body });
    server.send(Ask::write(Method::PATCH, &address, &body).by(guest).build()).await
}

#[tokio::test]
async fn every_write_is_told_to_all_who_follow_its_page_and_to_nobody_else() {
    let server = TestServer::start().await;
    let mara = Guest::new('m');
    let mut followers = [Follower::of(&server, ask("/a", "")).await, Follower::of(&server, ask("/a", "")).await];
    let mut elsewhere = Follower::of(&server, ask("/b", "")).await;
    let written = server.comment(&mara, "/a", None, "Hello").await;
    for follower in &mut followers {
        let events = follower.next().await;
        let (name, _, data) = &events[0];
        assert_eq!((events.len(), name.as_str()), (1, "comment-created"));
        assert_eq!(data, &serde_json::to_value(&written).expect("JSON"), "as everybody reads it");
    }
    let id = json!(written.comment.id);
    edit(&server, &mara, &id, "Better").await;
    let (name, _, data) = followers[0].next().await.remove(0);
    assert_eq!((name.as_str(), &data["comment"]["body_html"]), ("comment-edited", &json!("<p>Better</p>\n")));
    server.delete(&mara, written.comment.id).await;
    let (name, _, data) = followers[0].next().await.remove(0);
    assert_eq!((name.as_str(), &data["comment"]["id"], &data["is_listed"]), ("comment-deleted", &id, &json!(false)));
    assert!(data["comment"].get("author").is_none() && !data.to_string().contains("Better"), "{data}");
    assert_eq!(data["author_id"], json!("0000000000000"));
    server.comment(&mara, "/b", None, "There").await;
    assert_eq!(elsewhere.next().await[0].2["comment"]["body_html"], json!("<p>There</p>\n"));
}

#[tokio::test]
async fn a_stream_goes_on_where_it_broke_off() {
    let server = TestServer::start().await;
    let mara = Guest::new('m');
    server.comment(&mara, "/a", None, "One").await;
    let as_of = server.get("/v1/thread?site=blog&page=/a").await.json()["as_of"].as_str().expect("a place").to_owned();
    assert_eq!(Follower::of(&server, ask("/a", &as_of)).await.beginning(), [], "nothing since");
    let two = server.comment(&mara, "/a", None, "Two").await.comment.id;
    let missed = Follower::of(&server, ask("/a", &as_of)).await.beginning();
    assert_eq!((missed.len(), &missed[0].2["comment"]["id"]), (1, &json!(two)));
    // What the browser remembers by itself is newer than the address it began with.
    let again = ask("/a", &as_of).header("last-event-id", &missed[0].1);
    assert_eq!(Follower::of(&server, again).await.beginning(), []);
    let unknown = ask("/a", &as_of).header("last-event-id", "of another server");
    assert_eq!(Follower::of(&server, unknown).await.beginning().len(), 1);
}

#[tokio::test]
async fn who_missed_too_much_is_told_to_read_anew() {
    let server = TestServer::start().await;
    let mara = Guest::new('m');
    for number in 0..=afterword_wire::limits::MAX_CHANGES {
        server.comment(&mara, "/a", None, &number.to_string()).await;
    }
    let newest = server.get("/v1/thread?site=blog&page=/a").await.json()["as_of"].clone();
    for after in ["", "0000000000001"] {
        let (name, id, _) = Follower::of(&server, ask("/a", after)).await.beginning().remove(0);
        assert_eq!((name.as_str(), json!(id)), ("reset", newest.clone()));
    }
    let told = server.get("/v1/changes?site=blog&page=/a").await.json();
    assert_eq!(told, json!({ "as_of": newest, "is_reset": true, "changes": [] }));
}

#[tokio::test]
async fn who_asks_now_and_then_is_told_the_same() {
    let server = TestServer::start().await;
    let (mara, jonas) = (Guest::new('m'), Guest::new('j'));
    let nothing = server.get("/v1/changes?site=blog&page=/a").await;
    assert_eq!(nothing.json(), json!({ "changes": [] }));
    let first = server.comment(&mara, "/a", None, "One").await;
    edit(&server, &mara, &json!(first.comment.id), "Better").await;
    let gone = server.comment(&jonas, "/a", None, "Two").await;
    server.delete(&jonas, gone.comment.id).await;
    let reply = server.get("/v1/changes?site=blog&page=/a").await;
    let told = reply.json();
    let ids: Vec<&Value> = told["changes"].as_array().expect("changes").iter().map(|change| &change["comment"]["id"]).collect();
    assert_eq!(ids, [&json!(first.comment.id), &json!(gone.comment.id)], "each once");
    assert_eq!(told["changes"][0]["comment"]["body_html"], json!("<p>Better</p>\n"));
    let after = told["as_of"].as_str().expect("a place");
    let since = format!("/v1/changes?site=blog&page=/a&after={after}");
    let quiet = server.get(&since).await;
    assert_eq!(quiet.json(), json!({ "as_of": after, "changes": [] }));
    let held = server.send(Ask::get(&since).header("if-none-match", quiet.header("etag")).build()).await;
    assert_eq!(held.status.as_u16(), 304);
}

#[tokio::test]
async fn one_address_gets_twenty_streams_and_then_has_to_wait() {
    let server = TestServer::start().await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(Follower::of(&server, ask("/a", "").from("203.0.113.5")).await);
    }
    let refused = server.send(ask("/a", "").from("203.0.113.5").build()).await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "rate_limited"));
    assert_eq!((refused.header("retry-after"), refused.header("access-control-allow-origin")), ("30", "*"));
    held.push(Follower::of(&server, ask("/a", "").from("203.0.113.6")).await);
    held.remove(0);
    Follower::of(&server, ask("/a", "").from("203.0.113.5")).await;
    assert_eq!(server.app.live_places.count(), 20, "who left takes no place");
}

#[tokio::test]
async fn to_ask_what_would_come_is_not_to_listen() {
    let server = TestServer::start().await;
    let head = server.send(Ask::new(Method::HEAD, "/v1/live?site=blog&page=/a").build()).await;
    assert_eq!((head.status.as_u16(), head.header("content-type")), (200, "text/event-stream"));
    assert_eq!(server.app.live_places.count(), 0);
    for wrong in ["/v1/live?site=blog", "/v1/live?site=nobody&page=/a", "/v1/live?site=blog&page=/a&after=x"] {
        assert!(server.get(wrong).await.status.is_client_error(), "{wrong}");
    }
}
