//! The thread for a page's own HTML: `GET /v1/thread.html?…&as=declarative`.

use crate::server::{Ask, Guest, TestServer, new_comment};
use afterword_wire::ThreadSlice;
use axum::http::{Method, StatusCode};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

pub const THREAD: &str = "/v1/thread.html?site=blog&page=/a";
const DECLARATIVE: &str = "/v1/thread.html?site=blog&page=/a&as=declarative";

/// What readers write who would like to be somewhere else in the page.
pub const BREAK_OUTS: [&str; 12] = [
    "</template></div><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--!><img src=x onerror=alert(1)>",
    "</style><svg onload=alert(1)>",
    "\u{2028}\u{2029}\"});alert(1);({\"",
    "`${alert(1)}`",
    "\\\"+alert(1)+\\\"",
    "AFTERWORD_PAINTED \"AFTERWORD_PAINTED\"",
    "<!--#include virtual=\"/etc/passwd\" -->",
    "<esi:include src=/x /><?php exit ?><% exit %>",
    "]]><template shadowrootmode=closed>",
];

/// Each of them as a body, as a name, and as the page's title.
pub async fn server_with_break_outs() -> TestServer {
    let server = TestServer::start().await;
    for text in BREAK_OUTS {
        let mut comment = new_comment("/a", None, &format!("{text}\n\n```\n{text}\n```"));
        comment["author"]["name"] = text.chars().take(60).collect::<String>().into();
        comment["page"]["title"] = text.into();
        let ask = Ask::write(Method::POST, "/v1/comments?site=blog", &comment).by(&Guest::new('m'));
        let written = server.send(ask.build()).await;
        assert_eq!(written.status, StatusCode::CREATED, "{}", written.text());
    }
    server
}

#[tokio::test]
async fn the_declarative_thread_is_the_painted_thread_in_the_element_that_holds_it() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, "First **words**.").await;
    let (painted, declarative) = (server.get(THREAD).await, server.get(DECLARATIVE).await);
    assert_eq!((declarative.status, declarative.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    let inner = declarative.text();
    let inner = inner.strip_prefix("<div class=\"afterword\"><template shadowrootmode=\"open\">").expect("the element first");
    let unmarked = inner.replacen(",\"is_built_in\":true", "", 1);
    assert!(unmarked.starts_with(&painted.text()) && unmarked != inner, "{inner}");
    assert!(inner.ends_with("</template></div>"), "{inner}");
}

#[tokio::test]
async fn a_reader_without_scripts_is_led_to_the_threads_own_page_and_meets_no_dead_form() {
    let without_scripts = async |server: TestServer| {
        let html = server.get("/v1/thread.html?site=blog&page=/a?b%26c&as=declarative").await.text();
        html.split_once("<noscript>").expect("something for readers without scripts").1.to_owned()
    };
    let known = without_scripts(TestServer::at("https://comments.example/").await).await;
    let href = "href=\"https://comments.example/thread?site=blog&amp;page=%2Fa%3Fb%26c&amp;lang=en\"";
    assert!(known.contains(href), "{known}");
    let unknown = without_scripts(TestServer::start().await).await;
    assert!(unknown.contains("display:none") && !unknown.contains("href"), "{unknown}");
}

#[tokio::test]
async fn the_declarative_thread_is_kept_by_others_as_the_painted_one_is() {
    let server = TestServer::start().await;
    let reply = server.get(DECLARATIVE).await;
    for name in ["content-language", "cache-control", "cdn-cache-control", "vary", "access-control-allow-origin"] {
        assert_eq!(reply.header(name), server.get(THREAD).await.header(name), "{name}");
    }
    let etag = reply.header("etag");
    assert_ne!(etag, server.get(THREAD).await.header("etag"));
    let again = || Ask::get(DECLARATIVE).header("if-none-match", etag).build();
    assert_eq!(server.send(again()).await.status, StatusCode::NOT_MODIFIED);
    server.comment(&Guest::new('m'), "/a", None, "News").await;
    assert_eq!(server.send(again()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_nobody_knows_is_refused_by_name() {
    let server = TestServer::start().await;
    let reply = server.get("/v1/thread.html?site=blog&page=/a&as=frame").await;
    assert_eq!((reply.code().as_str(), reply.json()["error"]["field"].as_str()), ("invalid_field", Some("as")));
}

#[tokio::test]
async fn no_comment_leaves_the_element_that_holds_the_thread() {
    let server = server_with_break_outs().await;
    let html = server.get(DECLARATIVE).await.text();
    let page = format!("<!doctype html><body><article>{html}<p id=after></p></article>");
    for scripting_enabled in [true, false] {
        stays_inside(&page, scripting_enabled);
    }
}

fn stays_inside(page: &str, scripting_enabled: bool) {
    let tree_builder = TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(page);
    let article = find(&dom.document, "article").expect("the article");
    let around: Vec<String> = article.children.borrow().iter().map(name).collect();
    assert_eq!(around, ["div", "p"], "something left the element");
    let mut scripts = Vec::new();
    collect(&article, "script", &mut scripts);
    assert_eq!(scripts.len(), 1, "only the island is a script");
    let island = scripts[0].children.borrow().iter().map(text).collect::<String>();
    let island: serde_json::Value = serde_json::from_str(&island).expect("the island is whole");
    let slice: ThreadSlice = serde_json::from_value(island["slice"].clone()).expect("a slice");
    assert_eq!(slice.comments.len(), BREAK_OUTS.len());
    for forbidden in ["img", "svg"] {
        assert!(find(&article, forbidden).is_none_or(|found| is_ours(&found)), "{forbidden}");
    }
}

/// Servers and caches that put the thread into pages read it first, for instructions of their own.
#[tokio::test]
async fn nothing_in_the_thread_is_an_instruction_to_what_includes_it() {
    let html = server_with_break_outs().await.get(DECLARATIVE).await.text().to_lowercase();
    for instruction in ["<!--", "<esi:", "<?", "<%"] {
        assert!(!html.contains(instruction), "{instruction} in {html}");
    }
}

/// Avatars are drawn by us: never with a handler, never from an address.
fn is_ours(element: &Handle) -> bool {
    let NodeData::Element { attrs, .. } = &element.data else { return true };
    attrs.borrow().iter().all(|attribute| !attribute.name.local.starts_with("on") && &*attribute.name.local != "src")
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    }
}

/// All below a node, the contents of templates too.
fn below(node: &Handle) -> Vec<Handle> {
    let mut found = node.children.borrow().clone();
    if let NodeData::Element { template_contents, .. } = &node.data {
        found.extend(template_contents.borrow().iter().cloned());
    }
    found
}

fn collect(node: &Handle, wanted: &str, found: &mut Vec<Handle>) {
    for child in below(node) {
        if name(&child) == wanted {
            found.push(child.clone());
        }
        collect(&child, wanted, found);
    }
}

fn find(node: &Handle, wanted: &str) -> Option<Handle> {
    let mut found = Vec::new();
    collect(node, wanted, &mut found);
    found.into_iter().next()
}
