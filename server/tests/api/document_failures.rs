//! Who opens a broken address in a tab reads a sentence, not JSON.

use crate::server::{Ask, TestServer};
use axum::http::StatusCode;

async fn opened(path: &str) -> crate::server::Reply {
    let server = TestServer::start().await;
    let tab = Ask::get(path).header("accept", "text/html,application/xhtml+xml").header("sec-fetch-dest", "document");
    server.send(tab.header("sec-fetch-site", "none").build()).await
}

#[tokio::test]
async fn a_broken_address_is_a_document_that_says_what_was_expected() {
    for (path, status, sentence) in [
        ("/thread?site=nobody&page=/a", StatusCode::NOT_FOUND, "there is no such site here"),
        ("/thread?site=blog&page=/a&sort=best", StatusCode::UNPROCESSABLE_ENTITY, "oldest"),
        ("/thread?site=blog&page=/a&cursor=x", StatusCode::UNPROCESSABLE_ENTITY, "cursor"),
        ("/thread?site=blog", StatusCode::BAD_REQUEST, "page"),
    ] {
        let reply = opened(path).await;
        assert!(reply.header("content-type").starts_with("text/html"), "{path}: {}", reply.text());
        assert_eq!((reply.status, reply.text().contains(sentence)), (status, true), "{path}: {}", reply.text());
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn it_speaks_the_language_asked_for_and_lets_no_markup_in() {
    let reply = opened("/thread?site=blog&page=/a&lang=de&sort=%3Cscript%3E").await;
    assert!(reply.text().contains("lang=\"de\"") && reply.text().contains("Kommentare"), "{}", reply.text());
    assert!(!reply.text().contains("<script"), "{}", reply.text());
}

#[tokio::test]
async fn a_program_is_told_as_before() {
    let server = TestServer::start().await;
    let reply = server.get("/thread?site=nobody&page=/a").await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::NOT_FOUND, "site_not_found"));
}
