//! A thread read from a date on.

use crate::plain_browser::{Form, PlainBrowser};
use crate::server::{Guest, TestServer};

const DAY_S: i64 = 86_400;

/// A comment a day, from 2026-11-18 on, each with a reply.
async fn ten_days() -> TestServer {
    let server = TestServer::start().await;
    let guest = Guest::new('g');
    for day in 0..10 {
        let root = server.comment(&guest, "/a", None, &format!("day {day}")).await.comment.id;
        server.comment(&guest, "/a", Some(root), &format!("reply {day}")).await;
        server.clock.advance_s(DAY_S);
    }
    server
}

/// The root comments that an address answers with, by what they say.
async fn roots(server: &TestServer, query: &str) -> (Vec<String>, serde_json::Value) {
    let slice = server.get(&format!("/v1/thread?site=blog&page=/a&limit=6{query}")).await.json();
    let comments = slice["comments"].as_array().expect("comments").iter();
    let roots = comments.filter(|comment| comment["depth"] == 0).map(|comment| comment["body_html"].as_str().expect("HTML"));
    (roots.map(|html| html.trim().replace("<p>", "").replace("</p>", "")).collect(), slice)
}

#[tokio::test]
async fn a_slice_begins_at_a_date_and_leads_both_ways() {
    let server = ten_days().await;
    let (found, slice) = roots(&server, "&at=2026-11-22").await;
    assert_eq!(found, ["day 4", "day 5", "day 6"]);
    assert_eq!((&slice["more"]["count"], &slice["before"]["count"]), (&0.into(), &0.into()));
    let cursor = |way: &str| slice[way]["cursor"].as_str().expect("a cursor").to_owned();
    assert_eq!(roots(&server, &format!("&cursor={}", cursor("more"))).await.0, ["day 7", "day 8", "day 9"]);
    let (found, earlier) = roots(&server, &format!("&cursor={}", cursor("before"))).await;
    assert_eq!(found, ["day 1", "day 2", "day 3"]);
    let back = earlier["more"]["cursor"].as_str().expect("a cursor");
    assert_eq!(roots(&server, &format!("&cursor={back}")).await.0, ["day 4", "day 5", "day 6"]);
}

#[tokio::test]
async fn newest_first_begins_with_the_last_comment_of_that_day() {
    let server = ten_days().await;
    assert_eq!(roots(&server, "&sort=newest&at=2026-11-22").await.0, ["day 4", "day 3", "day 2"]);
    assert_eq!(roots(&server, "&sort=newest&at=2026-11-22T00:00:00Z").await.0, ["day 3", "day 2", "day 1"]);
}

#[tokio::test]
async fn a_date_beyond_the_thread_is_an_empty_slice_that_leads_back() {
    let server = ten_days().await;
    let (found, slice) = roots(&server, "&at=2030-01-01").await;
    assert!(found.is_empty() && slice["more"].is_null());
    let cursor = slice["before"]["cursor"].as_str().expect("a cursor");
    assert_eq!(roots(&server, &format!("&cursor={cursor}")).await.0, ["day 7", "day 8", "day 9"]);
}

#[tokio::test]
async fn where_time_is_no_order_a_date_is_refused() {
    let server = ten_days().await;
    for query in ["sort=replies&at=2026-11-22", "at=soon"] {
        let reply = server.get(&format!("/v1/thread?site=blog&page=/a&{query}")).await;
        assert_eq!((reply.code().as_str(), reply.json()["error"]["field"].as_str()), ("invalid_field", Some("at")));
    }
}

#[tokio::test]
async fn the_painted_thread_begins_at_its_beginning() {
    let server = ten_days().await;
    let painted = |query: &'static str| server.get(query);
    let plain = painted("/v1/thread.html?site=blog&page=/a").await.text();
    assert_eq!(painted("/v1/thread.html?site=blog&page=/a&at=2026-11-22").await.text(), plain);
}

#[tokio::test]
async fn a_form_leads_to_a_date_and_links_lead_on_from_there_both_ways() {
    let server = ten_days().await;
    let browser = PlainBrowser::new(&server);
    let page = browser.open("/thread?site=blog&page=/a&limit=6").await;
    let form = page.forms().into_iter().find(|form| form.has("at")).expect("a form for a date");
    let page = browser.open(&address(&form.with("at", "2026-11-22"))).await;
    let roots = |bodies: Vec<String>| bodies.into_iter().filter(|body| body.starts_with("day")).collect::<String>();
    assert_eq!(roots(page.bodies()), "day 4\nday 5\nday 6\n");
    assert_eq!(roots(browser.open(&page.link("Later comments")).await.bodies()), "day 7\nday 8\nday 9\n");
    let earlier = browser.open(&page.link("Earlier comments")).await;
    assert_eq!(roots(earlier.bodies()), "day 1\nday 2\nday 3\n");
    let first = browser.open(&earlier.link("Earlier comments")).await;
    assert_eq!((roots(first.bodies()).as_str(), first.links("Earlier comments").len()), ("day 0\n", 0));
    assert!(!page.links("All comments").is_empty());
}

#[tokio::test]
async fn a_short_thread_has_no_form_for_a_date() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('g'), "/a", None, "Hello").await;
    let page = PlainBrowser::new(&server).open("/thread?site=blog&page=/a").await;
    assert!(page.forms().iter().all(|form| form.action != "/thread"));
}

/// Where the browser goes when a form that asks is sent.
fn address(form: &Form) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    format!("{}?{query}", form.action)
}
