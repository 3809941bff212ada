//! What becomes of a write.

use crate::server::{Ask, Guest, TestServer, new_comment, request_id};
use afterword_wire::limits::{DEFAULT_EDIT_WINDOW_S, MAX_BODY_CHARS};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

fn edit(guest: &Guest, comment: impl std::fmt::Display, body: &str) -> Ask {
    let edit = json!({ "request_id": request_id(), "body_markdown": body });
    Ask::write(Method::PATCH, &format!("/v1/comments/{comment}?site=blog"), &edit).by(guest)
}

async fn refused_field(comment: &Value) -> (StatusCode, Value) {
    let server = TestServer::start().await;
    let ask = Ask::write(Method::POST, "/v1/comments?site=blog", comment).by(&Guest::new('m'));
    let reply = server.send(ask.build()).await;
    (reply.status, reply.json()["error"]["field"].clone())
}

#[tokio::test]
async fn a_comment_comes_back_as_stored() {
    let server = TestServer::start().await;
    let mut comment = new_comment("/a", None, "Some *emphasis* and https://example.org/x");
    comment["author"]["website"] = "https://mara.example".into();
    let ask = Ask::write(Method::POST, "/v1/comments?site=blog", &comment).by(&Guest::new('m'));
    let reply = server.send(ask.build()).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    assert!(reply.json()["comment"]["id"].as_str().is_some_and(|id| id.len() == 13));
    insta::assert_json_snapshot!("written", reply.json(), {
        ".comment.id" => "[id]", ".comment.author.id" => "[author]", ".author_id" => "[author]",
    });
}

#[tokio::test]
async fn an_author_edits_and_deletes() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "First try").await.comment.id;
    server.comment(&guest, "/a", Some(id), "A reply keeps it listed").await;
    let edited = server.send(edit(&guest, id, "Second **try**").build()).await;
    assert_eq!(edited.json()["comment"]["body_html"], "<p>Second <strong>try</strong></p>\n");
    assert!(edited.json()["comment"]["edited_at"].is_string());
    let deleted = server.delete(&guest, id).await;
    insta::assert_json_snapshot!("deleted", deleted.json(), {
        ".comment.id" => "[id]", ".comment.created_at" => "[time]", ".comment.edited_at" => "[time]", ".author_id" => "[author]",
    });
}

#[tokio::test]
async fn the_source_is_what_was_typed() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "# *typed*  ").await.comment.id;
    let reply = server.send(Ask::get(&format!("/v1/comments/{id}/source?site=blog")).by(&guest).build()).await;
    assert_eq!(reply.json(), json!({ "body_markdown": "# *typed*  " }));
}

#[tokio::test]
async fn a_preview_shows_what_posting_would_and_stores_nothing() {
    let server = TestServer::start().await;
    let body = "**bold** <script>alert(1)</script> [x](javascript:alert(1))";
    let preview = server.send(Ask::write(Method::POST, "/v1/preview?site=blog", &json!({ "body_markdown": body })).build()).await;
    assert!(!server.get("/v1/thread?site=blog&page=/a").await.text().contains("bold"));
    let posted = server.comment(&Guest::new('m'), "/a", None, body).await;
    assert_eq!(preview.json()["body_html"], posted.comment.body_html);
    assert!(!posted.comment.body_html.contains("<script") && !posted.comment.body_html.contains("href=\"javascript"));
}

#[tokio::test]
async fn a_reply_where_none_can_stand_is_refused_with_a_code() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let elsewhere = server.comment(&guest, "/b", None, "Elsewhere").await.comment.id;
    let gone = server.comment(&guest, "/a", None, "Gone soon").await.comment.id;
    server.delete(&guest, gone).await;
    for (parent, code) in [(elsewhere, "parent_not_found"), (gone, "parent_deleted")] {
        let reply = server.send(Ask::comment(&guest, "/a", Some(parent), "Too late").build()).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::CONFLICT, code));
    }
    let site = server.store.find_site("blog").await.expect("a database").expect("a site");
    server.store.set_thread_closed(site.id, "/a", true, afterword_wire::ChangeId(1), crate::server::START).await.expect("closed");
    assert_eq!(server.send(Ask::comment(&guest, "/a", None, "Too late").build()).await.code(), "thread_closed");
}

#[tokio::test]
async fn the_edit_window_ends() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "Stands").await.comment.id;
    server.clock.advance_s(i64::from(DEFAULT_EDIT_WINDOW_S) - 1);
    assert_eq!(server.send(edit(&guest, id, "In time").build()).await.status, StatusCode::OK);
    server.clock.advance_s(2);
    assert_eq!(server.send(edit(&guest, id, "Too late").build()).await.code(), "edit_window_over");
    assert_eq!(server.delete(&guest, id).await.code(), "edit_window_over");
}

#[tokio::test]
async fn a_field_that_cannot_be_taken_is_named() {
    let with = |path: &[&str], value: Value| {
        let mut comment = new_comment("/a", None, "Hello");
        let field = path.iter().fold(&mut comment, |value, name| &mut value[*name]);
        *field = value;
        comment
    };
    let cases = [
        (with(&["body_markdown"], " ".into()), "body_markdown"),
        (with(&["body_markdown"], "x".repeat(MAX_BODY_CHARS + 1).into()), "body_markdown"),
        (with(&["body_markdown"], "a\0b".into()), "body_markdown"),
        (with(&["author", "name"], "".into()), "author.name"),
        (with(&["author", "name"], "x".repeat(81).into()), "author.name"),
        (with(&["author", "name"], "a\0b".into()), "author.name"),
        (with(&["author", "email"], "a@b\r\nBcc: c@d".into()), "author.email"),
        (with(&["author", "website"], "javascript:alert(1)".into()), "author.website"),
        (with(&["page", "key"], "".into()), "page.key"),
        (with(&["page", "key"], "x".repeat(513).into()), "page.key"),
        (with(&["page", "title"], "a\0b".into()), "page.title"),
        (with(&["page", "url"], "https://blog.example/\0".into()), "page.url"),
    ];
    for (comment, field) in cases {
        assert_eq!(refused_field(&comment).await, (StatusCode::UNPROCESSABLE_ENTITY, field.into()));
    }
}

#[tokio::test]
async fn a_page_url_of_another_site_is_not_kept() {
    let server = TestServer::start().await;
    let mut comment = new_comment("/a", None, "Hello");
    comment["page"]["url"] = "https://evil.example/a".into();
    comment["page"]["title"] = "A <b>title</b>".into();
    let ask = Ask::write(Method::POST, "/v1/comments?site=blog", &comment).by(&Guest::new('m'));
    assert_eq!(server.send(ask.build()).await.status, StatusCode::CREATED);
    let site = server.store.find_site("blog").await.expect("a database").expect("a site");
    let thread = server.store.find_thread(site.id, "/a").await.expect("a database").expect("a thread");
    assert_eq!(thread.page_url.as_deref(), Some("https://blog.example/a"));
    let document = server.get("/thread?site=blog&page=/a").await.text();
    assert!(!document.contains("evil.example") && !document.contains("A <b>title"), "{document}");
}
