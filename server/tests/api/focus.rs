//! One branch of a thread as a document of its own.

use crate::plain_browser::{Page, PlainBrowser, attribute, elements, text_of};
use crate::server::{Guest, TestServer};
use afterword_wire::CommentId;
use axum::http::StatusCode;

const THREAD: &str = "/thread?site=blog&page=/a";

/// A chain of ten comments, each below the one before, and beside the first another one.
async fn chain(server: &TestServer) -> Vec<CommentId> {
    let guest = Guest::new('g');
    let mut chain: Vec<CommentId> = Vec::new();
    for number in 0..10 {
        let above = chain.last().copied();
        chain.push(server.comment(&guest, "/a", above, &format!("word {number}")).await.comment.id);
    }
    server.comment(&guest, "/a", None, "elsewhere").await;
    chain
}

/// What stands above the branch: `(what is said, where its name leads)`.
fn above(page: &Page) -> Vec<(String, String)> {
    let navs = page.all("nav");
    let nav = navs.iter().find(|nav| attribute(nav, "aria-label").as_deref() == Some("In reply to")).expect("a way down");
    let items = elements(nav).into_iter().filter(|node| crate::plain_browser::is(node, "li"));
    let link = |item: &_| elements(item).iter().find_map(|node| attribute(node, "href")).unwrap_or_default();
    items.map(|item| (text_of(&item), link(&item))).collect()
}

#[tokio::test]
async fn a_branch_by_itself_shows_the_way_down_to_it_and_leads_back() {
    let server = TestServer::start().await;
    let chain = chain(&server).await;
    let browser = PlainBrowser::new(&server);
    let page = browser.open(&format!("{THREAD}&comment={}", chain[8])).await;
    assert_eq!(page.bodies(), ["word 8\n", "word 9\n"]);
    let said: Vec<String> = above(&page).into_iter().map(|(said, _)| said).collect();
    assert_eq!(said, ["Maraword 0", "…", "Maraword 4", "Maraword 5", "Maraword 6", "Maraword 7"]);
    let rows = page.elements();
    let head = rows.iter().find(|row| attribute(row, "id") == Some(format!("comment-{}", chain[8]))).expect("the head");
    assert_eq!(attribute(head, "class").as_deref(), Some("aw-row aw-row--marked"));
    assert_eq!(attribute(head, "aria-level").as_deref(), Some("1"));
    let whole = browser.open(&page.link("All comments")).await;
    assert!(whole.bodies().contains(&"elsewhere\n".to_owned()));
    let higher = browser.open(above(&page)[2].1.split('#').next().expect("an address")).await;
    assert_eq!(higher.bodies()[0], "word 4\n");
    assert_eq!(above(&higher).len(), 4, "all of four are shown");
    let root = browser.open(&format!("{THREAD}&comment={}", chain[0])).await;
    assert_eq!((root.bodies().len(), above(&root).len()), (10, 0));
}

#[tokio::test]
async fn search_engines_are_told_whom_the_head_of_a_branch_answers_and_where_the_thread_is() {
    let server = TestServer::start().await;
    let chain = chain(&server).await;
    let page = PlainBrowser::new(&server).open(&format!("{THREAD}&comment={}", chain[8])).await;
    let description = page.description();
    let head = &description["comment"][0];
    assert!(head["parentItem"]["@id"].as_str().expect("an id").ends_with(&format!("#comment-{}", chain[7])), "{head}");
    assert!(head["url"].as_str().expect("an address").contains(&format!("&comment={}#comment-", chain[8])), "{head}");
    let links = page.all("link");
    let canonical = links.iter().find(|link| attribute(link, "rel").as_deref() == Some("canonical"));
    let canonical = canonical.and_then(|link| attribute(link, "href")).expect("a canonical address");
    assert_eq!(canonical, "https://blog.example/a", "the thread is at its page");
    assert!(page.all("meta").iter().any(|meta| attribute(meta, "content").as_deref() == Some("noindex")));
}

#[tokio::test]
async fn a_branch_of_many_replies_is_read_to_its_end_and_keeps_its_head() {
    let server = TestServer::start().await;
    let guest = Guest::new('g');
    let root = server.comment(&guest, "/a", None, "root").await.comment.id;
    for number in 0..12 {
        server.comment(&guest, "/a", Some(root), &format!("reply {number}")).await;
    }
    let browser = PlainBrowser::new(&server);
    let mut address = Some(format!("{THREAD}&comment={root}&limit=5"));
    let mut seen = Vec::new();
    while let Some(next) = address.take() {
        let page = browser.open(&next).await;
        let bodies = page.bodies();
        assert_eq!(bodies[0], "root\n");
        seen.extend(bodies.into_iter().skip(1));
        let onward = page.elements().into_iter().find(|row| attribute(row, "class").as_deref() == Some("aw-row aw-row--more"));
        address = onward.and_then(|row| elements(&row).iter().find_map(|node| attribute(node, "href")));
    }
    assert_eq!(seen.len(), 12);
}

#[tokio::test]
async fn where_rows_no_longer_move_in_a_branch_can_be_had_by_itself() {
    let server = TestServer::start().await;
    let chain = chain(&server).await;
    let browser = PlainBrowser::new(&server);
    let links = browser.open(THREAD).await.links("This branch only");
    assert_eq!(links.len(), 5, "the deep ones that are answered");
    assert!(links[0].ends_with(&format!("&comment={}#comment-{0}", chain[4])), "{links:?}");
}

#[tokio::test]
async fn a_reply_written_in_a_branch_is_shown_there() {
    let server = TestServer::start().await;
    let chain = chain(&server).await;
    let browser = PlainBrowser::new(&server);
    let page = browser.open(&format!("{THREAD}&comment={}", chain[8])).await;
    let form = browser.open(&page.link("Reply")).await.form("&reply=");
    let page = browser.send(&form.with("body", "One more").with("name", "Jonas")).await;
    assert_eq!(page.bodies(), ["word 8\n", "word 9\n", "One more\n"]);
}

#[tokio::test]
async fn a_branch_that_is_not_there_is_not_found() {
    let server = TestServer::start().await;
    chain(&server).await;
    let page = PlainBrowser::new(&server).open(&format!("{THREAD}&comment=0000000000001&cursor=r1")).await;
    assert_eq!((page.status, page.bodies().len()), (StatusCode::NOT_FOUND, 11), "the thread is shown all the same");
    assert!(page.text().contains("The comment you were sent to is not here any more."));
}
