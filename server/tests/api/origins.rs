//! Who may write from where (rule R9), and what a secret is worth elsewhere.

use crate::server::{Ask, Guest, ORIGIN, TestServer, new_comment};
use axum::http::{Method, StatusCode};

fn post() -> Ask {
    Ask::comment(&Guest::new('m'), "/a", None, "Hello")
}

#[tokio::test]
async fn a_write_from_a_page_of_no_site_is_refused() {
    let server = TestServer::start().await;
    let origins = [
        "https://evil.example",
        "null",
        "",
        "http://blog.example",
        "https://blog.example:8443",
        "https://blog.example.evil.example",
        "https://BLOG.example",
        "https://blog.example/",
    ];
    for origin in origins {
        let reply = server.send(post().header("origin", origin).build()).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::FORBIDDEN, "origin_not_allowed"), "{origin}");
        assert!(reply.headers.get("access-control-allow-origin").is_none(), "{origin}");
    }
    let reply = server.send(post().without("origin").build()).await;
    assert_eq!(reply.code(), "origin_not_allowed");
}

#[tokio::test]
async fn a_write_without_the_json_type_is_refused() {
    let server = TestServer::start().await;
    assert_eq!(server.send(post().without("content-type").build()).await.code(), "wrong_content_type");
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json", "application/jsonp"] {
        let reply = server.send(post().header("content-type", content_type).build()).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (415, "wrong_content_type"), "{content_type}");
    }
    let reply = server.send(post().header("content-type", "Application/JSON; charset=utf-8").build()).await;
    assert_eq!(reply.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_write_that_no_script_of_a_page_sent_is_refused() {
    let server = TestServer::start().await;
    for relation in ["none", "unheard-of"] {
        let reply = server.send(post().header("sec-fetch-site", relation).build()).await;
        assert_eq!(reply.code(), "origin_not_allowed", "{relation}");
    }
    let reply = server.send(post().header("sec-fetch-site", "cross-site").build()).await;
    assert_eq!(reply.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_secret_is_useless_on_another_site() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "Mine").await.comment.id;
    let elsewhere = Ask::get(&format!("/v1/comments/{id}/source?site=other")).by(&guest);
    assert_eq!(server.send(elsewhere.build()).await.code(), "comment_not_found");
    let here = server.comment(&guest, "/a", None, "Here").await.author_id;
    let there = Ask::write(Method::POST, "/v1/comments?site=other", &new_comment("/a", None, "There"));
    let there = server.send(there.by(&guest).header("origin", "https://other.example").build()).await;
    assert_ne!(there.json()["author_id"], serde_json::json!(here));
}

#[tokio::test]
async fn a_secret_in_the_query_is_refused_even_where_none_is_needed() {
    let server = TestServer::start().await;
    let secret = Guest::new('m').0;
    for address in ["/v1/thread?site=blog&page=/a", "/v1/counts?site=blog&page=/a"] {
        assert_eq!(server.get(&format!("{address}&token={secret}")).await.code(), "bad_request");
    }
    let ask = Ask::write(Method::POST, &format!("/v1/comments?site=blog&token={secret}"), &new_comment("/a", None, "x"));
    assert_eq!(server.send(ask.build()).await.code(), "bad_request");
}

#[tokio::test]
async fn a_write_without_a_secret_of_full_strength_is_refused() {
    let server = TestServer::start().await;
    for authorization in ["", "Bearer", "Bearer short", "Basic YTpi"] {
        let reply = server.send(post().header("authorization", authorization).build()).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (401, "token_required"), "{authorization}");
    }
}

#[tokio::test]
async fn a_page_of_the_site_can_read_why_it_was_refused() {
    let server = TestServer::start().await;
    for ask in [post().without("authorization"), post().body("{"), post().header("content-type", "text/plain")] {
        let reply = server.send(ask.build()).await;
        assert!(reply.status.is_client_error());
        assert_eq!(reply.header("access-control-allow-origin"), ORIGIN);
    }
}

#[tokio::test]
async fn a_preflight_allows_exactly_the_sites_own_pages_and_never_credentials() {
    let server = TestServer::start().await;
    let preflight = |address: &str, origin: &str| {
        let ask = Ask::new(Method::OPTIONS, address).header("access-control-request-method", "POST");
        ask.header("origin", origin).build()
    };
    let id = "0000000000000";
    for path in
        ["/v1/comments".to_owned(), format!("/v1/comments/{id}"), format!("/v1/comments/{id}/source"), "/v1/preview".to_owned()]
    {
        let address = format!("{path}?site=blog");
        let allowed = server.send(preflight(&address, ORIGIN)).await;
        assert_eq!((allowed.status, allowed.header("access-control-allow-origin")), (StatusCode::NO_CONTENT, ORIGIN));
        assert_eq!(allowed.header("access-control-allow-headers"), "authorization, content-type");
        assert_eq!((allowed.header("vary"), allowed.header("access-control-max-age")), ("origin", "7200"));
        for origin in ["https://evil.example", "null", "https://other.example"] {
            let refused = server.send(preflight(&address, origin)).await;
            assert_eq!(refused.code(), "origin_not_allowed");
            assert!(refused.headers.get("access-control-allow-origin").is_none());
        }
        assert!(allowed.headers.get("access-control-allow-credentials").is_none());
    }
}

#[tokio::test]
async fn a_name_or_an_email_alone_grants_nothing() {
    let server = TestServer::start().await;
    let (mara, forger) = (Guest::new('m'), Guest::new('f'));
    let id = server.comment(&mara, "/a", None, "Mine").await.comment.id;
    let forged = server.comment(&forger, "/a", None, "I am Mara too").await;
    assert_eq!(forged.comment.author.map(|author| author.name).as_deref(), Some("Mara"));
    assert_eq!(server.delete(&forger, id).await.code(), "not_author");
}
