//! How often one client may write (rule R5, fault A1).

use crate::server::{Ask, Guest, TestServer};
use axum::http::StatusCode;
use std::sync::Arc;

/// A guest nobody else is, so that only the address is limited.
fn guest(n: usize) -> Guest {
    Guest(format!("{n:043}"))
}

fn post(n: usize) -> Ask {
    Ask::comment(&guest(n), "/a", None, &format!("Comment {n}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_parallel_posts_at_a_limit_of_five_at_most_five_get_in() {
    let server = Arc::new(TestServer::with(5, &[]).await);
    let posts = (0..200).map(|n| {
        let server = Arc::clone(&server);
        tokio::spawn(async move { server.send(post(n).build()).await.status })
    });
    let mut accepted = 0;
    for post in posts.collect::<Vec<_>>() {
        match post.await.expect("no panic") {
            StatusCode::CREATED => accepted += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    assert_eq!(accepted, 5);
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 5);
}

#[tokio::test]
async fn a_thousand_forged_addresses_are_one_client() {
    let server = TestServer::with(5, &[]).await;
    let mut accepted = 0;
    for n in 0..1000 {
        let forged = format!("203.0.{}.{}", n / 250, n % 250);
        let ask =
            post(n).header("x-forwarded-for", &forged).header("x-real-ip", &forged).header("forwarded", &format!("for={forged}"));
        accepted += usize::from(server.send(ask.build()).await.status == StatusCode::CREATED);
    }
    assert_eq!(accepted, 5);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let server = TestServer::with(1, &["192.0.2.0/24"]).await;
    let ask = |n: usize, forwarded: &str| post(n).from("192.0.2.1").header("x-forwarded-for", forwarded).build();
    assert_eq!(server.send(ask(1, "203.0.113.1")).await.status, StatusCode::CREATED);
    assert_eq!(server.send(ask(2, "203.0.113.2")).await.status, StatusCode::CREATED);
    assert_eq!(server.send(ask(3, "6.6.6.6, 203.0.113.1")).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn addresses_of_one_ipv6_network_are_one_client() {
    let server = TestServer::with(1, &[]).await;
    assert_eq!(server.send(post(1).from("2001:db8::1").build()).await.status, StatusCode::CREATED);
    assert_eq!(server.send(post(2).from("2001:db8::ffff:2").build()).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(server.send(post(3).from("2001:db8:0:1::1").build()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn one_device_is_limited_whatever_its_address() {
    let server = TestServer::with(1, &[]).await;
    let ask = |peer: &str| Ask::comment(&Guest::new('m'), "/a", None, "Again").from(peer).build();
    assert_eq!(server.send(ask("192.0.2.1")).await.status, StatusCode::CREATED);
    assert_eq!(server.send(ask("192.0.2.2")).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_is_limited_learns_when_to_go_on() {
    let server = TestServer::with(1, &[]).await;
    server.send(post(1).build()).await;
    let reply = server.send(post(2).build()).await;
    let seconds = reply.json()["error"]["retry_after_s"].as_u64().expect("a number");
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(reply.header("retry-after"), seconds.to_string());
}

#[tokio::test]
async fn reading_is_not_limited() {
    let server = TestServer::with(1, &[]).await;
    for _ in 0..100 {
        assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.status, StatusCode::OK);
    }
}
