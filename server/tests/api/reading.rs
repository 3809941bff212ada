//! What readers get.

use crate::server::{Guest, TestServer};
use afterword_wire::ThreadSlice;
use axum::http::StatusCode;

async fn server_with_thread() -> TestServer {
    let server = TestServer::start().await;
    let (mara, noor) = (Guest::new('m'), Guest::new('n'));
    let root = server.comment(&mara, "/a", None, "First **words**.").await.comment.id;
    let reply = server.comment(&noor, "/a", Some(root), "A reply.").await.comment.id;
    server.comment(&mara, "/a", Some(reply), "An answer.").await;
    server.comment(&noor, "/a", None, "Second.").await;
    server
}

fn slice(bytes: &[u8]) -> ThreadSlice {
    serde_json::from_slice(bytes).expect("a slice")
}

macro_rules! snapshot {
    ($name:literal, $json:expr) => {
        insta::assert_json_snapshot!($name, $json, {
            ".as_of" => "[change]",
            ".comments[].id" => "[id]",
            ".comments[].parent_id" => "[id]",
            ".comments[].author.id" => "[author]",
            ".comments[].created_at" => "[time]",
            ".more.cursor" => "[cursor]",
        })
    };
}

#[tokio::test]
async fn a_thread_is_read_depth_first() {
    let server = server_with_thread().await;
    let reply = server.get("/v1/thread?site=blog&page=/a").await;
    assert_eq!(reply.status, StatusCode::OK);
    let slice = slice(&reply.bytes);
    assert_eq!(slice.comments.iter().map(|comment| comment.depth).collect::<Vec<_>>(), [0, 1, 2, 0]);
    assert_eq!(slice.comments[1].parent_id, Some(slice.comments[0].id));
    assert!(slice.comments.iter().all(|comment| comment.created_at == crate::server::START));
    snapshot!("thread", reply.json());
}

#[tokio::test]
async fn a_page_nobody_wrote_under_is_an_empty_thread() {
    let reply = TestServer::start().await.get("/v1/thread?site=blog&page=/nothing").await;
    assert_eq!(reply.status, StatusCode::OK);
    snapshot!("empty_thread", reply.json());
}

#[tokio::test]
async fn a_slice_goes_on_where_its_cursor_says() {
    let server = server_with_thread().await;
    let first = slice(&server.get("/v1/thread?site=blog&page=/a&limit=1").await.bytes);
    let cursor = first.more.expect("one root is left").cursor;
    let rest = slice(&server.get(&format!("/v1/thread?site=blog&page=/a&limit=1&cursor={cursor}")).await.bytes);
    assert_eq!(rest.comments.len(), 1);
    assert!(rest.comments[0].body_html.contains("Second"));
}

#[tokio::test]
async fn newest_turns_the_root_comments_round() {
    let server = server_with_thread().await;
    let slice = slice(&server.get("/v1/thread?site=blog&page=/a&sort=newest").await.bytes);
    assert!(slice.comments[0].body_html.contains("Second"));
}

#[tokio::test]
async fn a_branch_is_the_replies_without_the_comment() {
    let server = server_with_thread().await;
    let root = slice(&server.get("/v1/thread?site=blog&page=/a").await.bytes).comments[0].id;
    let branch = slice(&server.get(&format!("/v1/branch?site=blog&comment={root}")).await.bytes);
    assert_eq!(branch.comments.len(), 2);
    assert!(branch.comments.iter().all(|comment| comment.id != root));
}

#[tokio::test]
async fn a_permalink_brings_the_ancestors() {
    let server = server_with_thread().await;
    let thread = slice(&server.get("/v1/thread?site=blog&page=/a").await.bytes);
    let deepest = thread.comments[2].id;
    let permalink = slice(&server.get(&format!("/v1/permalink?site=blog&page=/a&comment={deepest}")).await.bytes);
    let ids: Vec<_> = permalink.comments.iter().map(|comment| comment.id).collect();
    for ancestor in &thread.comments[..3] {
        assert!(ids.contains(&ancestor.id), "{ids:?}");
    }
}

#[tokio::test]
async fn a_permalink_to_another_page_leads_nowhere() {
    let server = server_with_thread().await;
    let id = slice(&server.get("/v1/thread?site=blog&page=/a").await.bytes).comments[0].id;
    let reply = server.get(&format!("/v1/permalink?site=blog&page=/b&comment={id}")).await;
    assert_eq!(reply.code(), "comment_not_found");
}

#[tokio::test]
async fn counts_come_in_the_order_asked() {
    let server = server_with_thread().await;
    let reply = server.get("/v1/counts?site=blog&page=/b&page=/a").await;
    insta::assert_json_snapshot!("counts", reply.json());
}

#[tokio::test]
async fn counts_come_in_words_where_a_language_is_named() {
    let server = server_with_thread().await;
    let texts = async |lang: &str| {
        let reply = server.get(&format!("/v1/counts?site=blog&page=/b&page=/a{lang}")).await.json();
        [0, 1].map(|at| reply["counts"][at]["text"].as_str().map(str::to_owned))
    };
    assert_eq!(texts("").await, [None, None]);
    assert_eq!(texts("&lang=en").await, [Some("Comments".to_owned()), Some("4 comments".to_owned())]);
    assert_ne!(texts("&lang=ar").await, texts("&lang=en").await);
}

#[tokio::test]
async fn a_comment_of_one_site_is_not_seen_from_another() {
    let server = server_with_thread().await;
    let id = slice(&server.get("/v1/thread?site=blog&page=/a").await.bytes).comments[0].id;
    assert!(slice(&server.get("/v1/thread?site=other&page=/a").await.bytes).comments.is_empty());
    assert_eq!(server.get(&format!("/v1/branch?site=other&comment={id}")).await.code(), "comment_not_found");
}

#[tokio::test]
async fn the_painted_thread_and_the_document_show_the_comments() {
    let server = server_with_thread().await;
    for address in ["/v1/thread.html?site=blog&page=/a", "/thread?site=blog&page=/a"] {
        let reply = server.get(address).await;
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert!(reply.text().contains("First <strong>words</strong>"), "{address}");
    }
}

#[tokio::test]
async fn the_document_runs_nothing_and_is_framed_by_the_sites_pages_only() {
    let reply = server_with_thread().await.get("/thread?site=blog&page=/a").await;
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(policy.ends_with("frame-ancestors 'self' https://blog.example"), "{policy}");
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
    let html = reply.text();
    assert!(!html.contains(" style="), "the policy would block it");
    let scripts: Vec<&str> = html.split("<script").skip(1).collect();
    assert!(scripts.iter().all(|script| script.starts_with(" type=\"application/ld+json\">")), "only data stands in scripts");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn the_document_leads_on_to_the_next_comments() {
    let reply = server_with_thread().await.get("/thread?site=blog&page=/a&limit=1").await;
    assert!(reply.text().contains("/thread?site=blog&amp;page=%2Fa"), "{}", reply.text());
}

#[tokio::test]
async fn nothing_a_reader_gets_holds_an_email() {
    let server = TestServer::start().await;
    let mut comment = crate::server::new_comment("/a", None, "Hello");
    comment["author"]["email"] = "mara.secret@example.org".into();
    let guest = Guest::new('m');
    let ask = crate::server::Ask::write(axum::http::Method::POST, "/v1/comments?site=blog", &comment).by(&guest);
    let written = server.send(ask.build()).await;
    assert_eq!(written.status, StatusCode::CREATED);
    let id = written.json()["comment"]["id"].as_str().expect("an id").to_owned();
    let mut all = written.text();
    for address in
        ["/v1/thread?page=/a", "/v1/thread.html?page=/a", "/thread?page=/a", "/v1/permalink?page=/a", "/v1/branch?page=/a"]
    {
        all += &server.get(&format!("{address}&site=blog&comment={id}")).await.text();
    }
    assert!(all.contains("Hello") && !all.contains("mara.secret") && !all.contains(&guest.0), "{all}");
}
