//! Every route × who asks × whose comment it is about (fault A2). The routes come from the router: one without a row fails.

use crate::server::{Ask, Guest, Reply, TestServer, new_comment, request_id};
use afterword::device_cookie::DeviceCookie;
use afterword::form_token::form_token;
use afterword::handlers::serve_asset::ASSET;
use afterword::router::routes;
use afterword_wire::{CommentId, RequestId, address};
use axum::http::{HeaderMap, Method, header};
use serde_json::json;

/// What each asker gets: for A's comment, for B's comment, for a deleted comment of A's.
type Row = [[u16; 3]; 3];

/// Rows: guest A, guest B, nobody.
fn expected(method: &Method, address: &str) -> Option<Row> {
    let for_all = |row| Some([row; 3]);
    match (method.as_str(), address) {
        ("GET", address::THREAD | address::THREAD_HTML | address::COUNTS) => for_all([200; 3]),
        ("GET", address::CHANGES | address::LIVE) => for_all([200; 3]),
        ("GET", address::SEARCH | address::SEARCH_HTML) => for_all([200; 3]),
        ("GET", address::FRAME) => for_all([200; 3]),
        ("GET", address::PAINTED_SCRIPT | address::COUNT_SCRIPT) => for_all([200; 3]),
        ("GET", address::EMBED_SCRIPT | address::OPENAPI | address::HEALTH | address::READY | ASSET) => for_all([200; 3]),
        ("GET", address::ICON) => for_all([204; 3]),
        ("GET", address::BRANCH | address::PERMALINK | address::THREAD_DOCUMENT) => for_all([200, 200, 404]),
        ("POST", address::PREVIEW) => for_all([200; 3]),
        ("POST", address::COMMENTS) => Some([[201, 201, 409], [201, 201, 409], [401; 3]]),
        ("PATCH" | "DELETE", address::COMMENT) => Some([[200, 403, 409], [403, 200, 409], [401; 3]]),
        ("POST", address::COMMENT_FORM) => Some([[303, 303, 409], [303, 303, 409], [401; 3]]),
        ("POST", address::EDIT_FORM | address::DELETE_FORM) => Some([[303, 403, 409], [403, 303, 409], [401; 3]]),
        ("GET", address::COMMENT_SOURCE) => Some([[200, 403, 404], [403, 200, 404], [401; 3]]),
        _ => None,
    }
}

/// A guest's cookie, from which the secret for the site follows.
fn cookie(letter: char) -> DeviceCookie {
    let line = format!("__Host-afterword={}", letter.to_string().repeat(43));
    let headers = HeaderMap::from_iter([(header::COOKIE, line.parse().expect("a header value"))]);
    DeviceCookie::read(&headers).expect("a cookie")
}

/// A form as our own document sends it.
fn form(path: &str, comment: CommentId, address: &str, guest: Option<char>) -> Ask {
    let path = if address == address::COMMENT_FORM { format!("{path}&reply={comment}") } else { path.to_owned() };
    let request_id = RequestId::new(request_id()).expect("a request id");
    let token = guest.map(|letter| form_token(&cookie(letter), "blog", &request_id)).unwrap_or_default();
    let body = format!("request_id={}&form_token={token}&body=Hello&name=Mara", request_id.as_str());
    let ask = Ask::new(Method::POST, &path).header("sec-fetch-site", "same-origin");
    let ask = ask.header("content-type", "application/x-www-form-urlencoded").body(body);
    match guest {
        Some(letter) => ask.header("cookie", &format!("__Host-afterword={}", letter.to_string().repeat(43))),
        None => ask,
    }
}

fn guest_of(letter: char) -> Guest {
    Guest(cookie(letter).site_secret("blog"))
}

async fn ask(server: &TestServer, method: &Method, address: &str, page: &str, comment: CommentId, guest: Option<char>) -> Reply {
    let file = server.app.widget.stylesheet_path().trim_start_matches("/assets/").to_owned();
    let path = address.replace("{comment_id}", &comment.to_string()).replace("{file}", &file).replace("{script}", "blog.js");
    let body = match address {
        address::COMMENTS => new_comment(page, Some(comment), "A reply"),
        address::PREVIEW => json!({ "body_markdown": "Soon" }),
        _ if method == Method::PATCH => json!({ "request_id": request_id(), "body_markdown": "Edited" }),
        _ => json!({ "request_id": request_id() }),
    };
    let search = if [address::SEARCH, address::SEARCH_HTML].contains(&address) { "&q=hello" } else { "" };
    let path = format!("{path}?site=blog&page={page}&comment={comment}{search}");
    if [address::COMMENT_FORM, address::EDIT_FORM, address::DELETE_FORM].contains(&address) {
        return server.send(form(&path, comment, address, guest).build()).await;
    }
    let mut ask = if method == Method::GET { Ask::get(&path) } else { Ask::write(method.clone(), &path, &body) };
    if let Some(letter) = guest {
        ask = ask.by(&guest_of(letter));
    }
    server.send(ask.build()).await
}

#[tokio::test]
async fn every_route_answers_each_asker_as_the_table_says() {
    let server = TestServer::start().await;
    let (a, b) = (guest_of('a'), guest_of('b'));
    let mut cells = 0;
    for route in routes(&server.app) {
        for method in &route.methods {
            let row = expected(method, route.address).unwrap_or_else(|| panic!("{method} {} has no row", route.address));
            for (asker, cells_of_asker) in [(Some('a'), row[0]), (Some('b'), row[1]), (None, row[2])] {
                let page = format!("/{cells}");
                let deleted = server.comment(&a, &page, None, "Gone").await.comment.id;
                server.delete(&a, deleted).await;
                let comments = [
                    server.comment(&a, &page, None, "A's").await.comment.id,
                    server.comment(&b, &page, None, "B's").await.comment.id,
                    deleted,
                ];
                for (column, (comment, status)) in comments.into_iter().zip(cells_of_asker).enumerate() {
                    let reply = ask(&server, method, route.address, &page, comment, asker).await;
                    let who = asker.map_or("nobody".to_owned(), String::from);
                    assert_eq!(
                        reply.status.as_u16(),
                        status,
                        "{method} {} by {who}, column {column}: {}",
                        route.address,
                        reply.text()
                    );
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 27 * 9);
}
