//! Writing without scripts, as a browser does it: forms, cookie, redirects.

use crate::plain_browser::{PlainBrowser, attribute};
use crate::server::{Ask, Guest, TestServer};
use axum::http::StatusCode;

const THREAD: &str = "/thread?site=blog&page=/a";

#[tokio::test]
async fn a_comment_is_posted_answered_edited_and_deleted_by_forms_alone() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let page = browser.open(THREAD).await;
    let page = browser.send(&page.form("/thread/comments").with("body", "First **word**").with("name", "Mara")).await;
    assert_eq!((page.status, page.bodies()), (StatusCode::OK, vec!["First word\n".to_owned()]));

    let form = browser.open(&page.link("Reply")).await.form("&reply=");
    assert_eq!(form.value("name"), "Mara", "who signed once is known");
    let page = browser.send(&form.with("body", "And a second")).await;
    assert_eq!(page.bodies(), ["First word\n", "And a second\n"]);
    let slice = server.get("/v1/thread?site=blog&page=/a").await.json();
    assert_eq!(slice["comments"][1]["parent_id"], slice["comments"][0]["id"]);

    let form = browser.open(&page.link("Edit")).await.form("/edit");
    assert_eq!(form.value("body"), "First **word**");
    let page = browser.send(&form.with("body", "Another word")).await;
    assert_eq!(page.bodies()[0], "Another word\n");

    let form = browser.open(page.links("Delete").last().expect("a link")).await.form("/delete");
    let page = browser.send(&form).await;
    assert_eq!(page.bodies(), ["Another word\n"]);
}

#[tokio::test]
async fn a_form_sent_twice_posts_once_and_leads_to_the_same_place() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Once").with("name", "Mara");
    let (first, second) = (browser.send_only(&form).await, browser.send_only(&form).await);
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(first.reply.header("location"), second.reply.header("location"));
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 1);
}

#[tokio::test]
async fn a_form_sent_again_with_another_text_says_so_and_can_then_be_sent() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "One").with("name", "Mara");
    browser.send_only(&form).await;
    let page = browser.send(&form.clone().with("body", "Two")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let form = page.form("/thread/comments");
    assert_eq!((form.value("body"), form.value("name")), ("Two", "Mara"));
    assert_eq!(browser.send(&form).await.bodies(), ["One\n", "Two\n"]);
}

#[tokio::test]
async fn what_was_typed_stays_and_the_sentence_stands_at_its_field() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let typed = |body: &str, name: &str, email: &str, website: &str| {
        let (body, name, email, website) = (body.to_owned(), name.to_owned(), email.to_owned(), website.to_owned());
        (body, name, email, website)
    };
    let cases = [
        ("body", typed("", "Mara", "m@x.example", "https://x.example")),
        ("body", typed(&"é".repeat(10_001), "Mara", "", "")),
        ("name", typed("\n Hello\n\n*you* & <me>\n", " ", "m@x.example", "")),
        ("name", typed("Hello", "\u{200b}", "", "")),
        ("email", typed("Hello", "Mara", "no address", "")),
        ("email", typed("Hello", "Mara", "a@b@c", "")),
        ("website", typed("Hello", "Mara", "", "javascript:alert(1)")),
    ];
    for (field, (body, name, email, website)) in cases {
        let form = browser.open(THREAD).await.form("/thread/comments");
        let form = form.with("body", &body).with("name", &name).with("email", &email).with("website", &website);
        let page = browser.send(&form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let (at, sentence) = page.trouble().expect("a field at fault");
        assert_eq!(at, field);
        assert!(sentence.len() > 10, "{sentence}");
        let again = page.form("/thread/comments");
        for name in ["body", "name", "email", "website"] {
            assert_eq!(again.value(name), form.value(name), "{field}: {name}");
        }
        let page = browser.send(&again.with("body", "Hello").with("name", "Mara").with("email", "").with("website", "")).await;
        assert_eq!(page.status, StatusCode::OK, "the form that was shown again can be sent");
    }
}

#[tokio::test]
async fn a_reply_to_a_comment_that_was_deleted_meanwhile_keeps_its_text() {
    let server = TestServer::start().await;
    let (browser, guest) = (PlainBrowser::new(&server), Guest::new('g'));
    let gone = server.comment(&guest, "/a", None, "Soon gone").await.comment.id;
    let form = browser.open(&format!("{THREAD}&reply={gone}")).await.form("&reply=");
    server.delete(&guest, gone).await;
    let page = browser.send(&form.with("body", "An answer").with("name", "Mara")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text().contains("was deleted meanwhile"));
    let form = page.form("/thread/comments");
    assert_eq!(form.value("body"), "An answer");
    assert_eq!(browser.send(&form).await.bodies(), ["An answer\n"]);
}

#[tokio::test]
async fn nobody_gets_a_form_for_what_is_not_theirs_or_no_longer_changes() {
    let server = TestServer::start().await;
    let (author, stranger) = (PlainBrowser::new(&server), PlainBrowser::new(&server));
    let form = author.open(THREAD).await.form("/thread/comments").with("body", "Mine").with("name", "Mara");
    let page = author.send(&form).await;
    let (edit, delete) = (page.link("Edit"), page.link("Delete"));
    assert_eq!(stranger.open(THREAD).await.links("Edit"), Vec::<String>::new());
    for address in [&edit, &delete] {
        let page = stranger.open(address).await;
        assert!(page.forms().iter().all(|form| form.action.contains("/thread/comments?")), "{address}");
        assert!(page.text().contains("The time to change this comment is over."));
    }
    // A form that another browser was given is of no use to this one.
    let stolen = author.open(&delete).await.form("/delete");
    assert_eq!(stranger.send(&stolen).await.status, StatusCode::FORBIDDEN);
    let late = author.open(&edit).await.form("/edit").with("body", "Too late");
    server.clock.advance_s(901);
    assert_eq!(author.open(THREAD).await.links("Edit"), Vec::<String>::new());
    let page = author.send(&late).await;
    assert_eq!((page.status, page.form("/edit").value("body")), (StatusCode::FORBIDDEN, "Too late"));
    assert_eq!(author.open(THREAD).await.bodies(), ["Mine\n"]);
}

#[tokio::test]
async fn without_its_cookie_a_form_is_refused_and_can_be_sent_once_more() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Hello").with("name", "Mara");
    browser.forget_cookie();
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.text().contains("Allow cookies"));
    let again = page.form("/thread/comments");
    assert_eq!(again.value("body"), "Hello");
    assert_eq!(browser.send(&again).await.bodies(), ["Hello\n"]);
}

#[tokio::test]
async fn a_wrong_or_missing_token_is_refused_and_the_text_kept() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Hello").with("name", "Mara");
    let other = browser.open(THREAD).await.form("/thread/comments");
    let wrong = [
        form.clone().with("form_token", ""),
        form.clone().with("form_token", other.value("form_token")),
        form.clone().with("request_id", other.value("request_id")),
        form.clone().with("request_id", "not an id"),
    ];
    for form in wrong {
        let page = browser.send(&form).await;
        assert_eq!((page.status, page.form("/thread/comments").value("body")), (StatusCode::FORBIDDEN, "Hello"));
        assert!(page.text().contains("This form has expired"));
    }
    assert_eq!(server.get("/v1/thread?site=blog&page=/a").await.json()["comment_count"], 0);
}

#[tokio::test]
async fn another_site_can_send_no_form_even_with_the_readers_cookie() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Forged").with("name", "Mara");
    let cookie = browser.cookie().expect("a cookie");
    let asks = [
        browser.ask(&form).header("sec-fetch-site", "cross-site"),
        browser.ask(&form).header("sec-fetch-site", "same-site"),
        browser.ask(&form).without("sec-fetch-site").header("host", "c.example").header("origin", "https://evil.example"),
        browser.ask(&form).without("sec-fetch-site").header("host", "c.example").header("origin", "null"),
        browser.ask(&form).without("sec-fetch-site").header("host", "c.example"),
    ];
    for ask in asks {
        let reply = server.send(ask.header("cookie", &cookie).build()).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        assert_eq!(reply.header("set-cookie"), "", "a forged form must not change who the reader is");
        assert!(!reply.text().contains("Forged"));
    }
    let ask = browser.ask(&form).without("sec-fetch-site").header("host", "c.example").header("origin", "https://c.example");
    assert_eq!(server.send(ask.header("cookie", &cookie).build()).await.status, StatusCode::SEE_OTHER, "an older browser");
}

#[tokio::test]
async fn a_frame_shows_the_thread_without_form_or_cookie_and_leads_to_a_tab() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('g'), "/a", None, "Hello").await;
    let browser = PlainBrowser::new(&server);
    let framed = || Ask::get(THREAD).header("sec-fetch-site", "cross-site").header("sec-fetch-dest", "iframe");
    let page = browser.load(framed()).await;
    assert_eq!((page.forms().len(), browser.cookie(), page.bodies().len()), (0, None, 1));
    let links = page.all("a");
    let new_tabs = links.iter().filter(|link| attribute(link, "target").as_deref() == Some("_blank")).count();
    assert_eq!(new_tabs, 2, "to write and to reply");
    assert!(browser.open(&page.link("Reply")).await.form("&reply=").value("form_token").len() == 43);
    let etag = page.reply.header("etag").to_owned();
    let again = server.send(framed().header("if-none-match", &etag).build()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED, "the frame is kept");
    assert!(page.reply.header("vary").contains("sec-fetch-dest"));
    assert_eq!((page.reply.header("cache-control"), page.reply.header("cdn-cache-control")), ("private, no-cache", "private"));
}

#[tokio::test]
async fn where_the_cookie_would_not_be_kept_the_document_says_so() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let page = browser.load(Ask::get(THREAD).header("host", "comments.example")).await;
    assert_eq!((page.forms().len(), browser.cookie()), (0, None));
    assert!(page.text().contains("https://"), "{}", page.text());
}

#[tokio::test]
async fn a_page_with_forms_is_one_readers_own() {
    let server = TestServer::start().await;
    let page = PlainBrowser::new(&server).open(THREAD).await;
    assert!(page.reply.header("cache-control").starts_with("private"));
    assert!(page.reply.header("vary").contains("cookie"));
    let policy = page.reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.reply.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn no_address_of_the_embed_api_reads_or_sets_the_cookie() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Mine").with("name", "Mara");
    browser.send(&form).await;
    let cookie = browser.cookie().expect("a cookie");
    let id = server.get("/v1/thread?site=blog&page=/a").await.json()["comments"][0]["id"].as_str().expect("an id").to_owned();
    for route in afterword::router::routes(&server.app).iter().filter(|route| route.address.starts_with("/v1/")) {
        for method in &route.methods {
            let path = route.address.replace("{comment_id}", &id);
            let address = format!("{path}?site=blog&page=/a&comment={id}");
            let body = serde_json::json!({ "request_id": crate::server::request_id(), "body_markdown": "x" });
            let with = Ask::write(method.clone(), &address, &body).header("cookie", &cookie);
            let without = Ask::write(method.clone(), &address, &body);
            let (with, without) = (server.send(with.build()).await, server.send(without.build()).await);
            assert_eq!(with.header("set-cookie"), "", "{method} {path}");
            assert_eq!((with.status, with.text()), (without.status, without.text()), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn one_browser_is_two_strangers_on_two_sites() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let mut authors = Vec::new();
    for site in ["blog", "other"] {
        let form = browser.open(&format!("/thread?site={site}&page=/a")).await.form("/thread/comments");
        browser.send(&form.with("body", "Hello").with("name", "Mara")).await;
        let slice = server.get(&format!("/v1/thread?site={site}&page=/a")).await.json();
        authors.push(slice["comments"][0]["author"]["id"].clone());
    }
    assert_ne!(authors[0], authors[1]);
    let page = browser.open(THREAD).await;
    let form = page.form("/thread/comments").with("body", "Hello").with("name", "Mara");
    let mut elsewhere = form.clone();
    elsewhere.action = elsewhere.action.replace("site=blog", "site=other");
    assert_eq!(browser.send(&elsewhere).await.status, StatusCode::FORBIDDEN, "a form of one site is useless on another");
    assert_eq!(page.links("Edit").len(), 1, "one's own comments are known again");
}

#[tokio::test]
async fn forms_count_towards_the_limit_of_pace() {
    let server = TestServer::with(5, &[]).await;
    let browser = PlainBrowser::new(&server);
    for _ in 0..5 {
        let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Again").with("name", "Mara");
        assert_eq!(browser.send_only(&form).await.status, StatusCode::SEE_OTHER);
    }
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Once too often").with("name", "Mara");
    let page = browser.send(&form).await;
    assert_eq!((page.status, page.form("/thread/comments").value("body")), (StatusCode::TOO_MANY_REQUESTS, "Once too often"));
    assert!(!page.reply.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_long_thread_is_read_to_its_end_by_links() {
    let server = TestServer::start().await;
    let guest = Guest::new('g');
    let root = server.comment(&guest, "/a", None, "root").await.comment.id;
    for number in 0..30 {
        server.comment(&guest, "/a", Some(root), &format!("reply {number}")).await;
    }
    for number in 0..12 {
        server.comment(&guest, "/a", None, &format!("comment {number}")).await;
    }
    let browser = PlainBrowser::new(&server);
    let mut seen = std::collections::BTreeSet::new();
    let mut waiting = vec![format!("{THREAD}&limit=5")];
    let mut opened = 0;
    while let Some(address) = waiting.pop() {
        let page = browser.open(&address).await;
        seen.extend(page.bodies());
        opened += 1;
        assert!(opened < 60, "the links lead in circles");
        let links = page.all("a").into_iter().filter_map(|link| attribute(&link, "href"));
        waiting.extend(links.filter(|address| address.contains("&cursor=") && !address.contains("&reply=")));
    }
    assert_eq!(seen.len(), 43);
}

#[tokio::test]
async fn what_was_just_posted_is_shown_however_far_down_it_stands() {
    let server = TestServer::start().await;
    for number in 0..8 {
        server.comment(&Guest::new('g'), "/a", None, &format!("comment {number}")).await;
    }
    let browser = PlainBrowser::new(&server);
    let form =
        browser.open(&format!("{THREAD}&limit=3")).await.form("/thread/comments").with("body", "Last").with("name", "Mara");
    let page = browser.send(&form).await;
    assert!(page.bodies().contains(&"Last\n".to_owned()), "{:?}", page.bodies());
    assert!(!page.links("All comments").is_empty());
}

#[tokio::test]
async fn a_closed_thread_has_no_forms() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Too late").with("name", "Mara");
    let site = server.store.find_site("blog").await.expect("a database").expect("a site");
    server.store.set_thread_closed(site.id, "/a", true, afterword_wire::ChangeId(1), crate::server::START).await.expect("closed");
    server.app.note_changes();
    assert!(browser.open(THREAD).await.forms().is_empty());
    let page = browser.send(&form).await;
    assert_eq!((page.status, page.form("/thread/comments").value("body")), (StatusCode::CONFLICT, "Too late"));
}

#[tokio::test]
async fn while_the_database_is_away_what_was_typed_is_kept() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Not lost").with("name", "Mara");
    server.store.close().await;
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let again = page.form("/thread/comments");
    assert_eq!((again.value("body"), again.value("name")), ("Not lost", "Mara"));
    assert_eq!(again.value("request_id"), form.value("request_id"), "should it have been stored after all, it stands once");
}

#[tokio::test]
async fn the_longest_comment_fits_in_any_script_and_what_is_far_too_long_is_refused() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("name", "Mara");
    let longest = "\u{10348}".repeat(10_000);
    let page = browser.send(&form.clone().with("body", &longest)).await;
    assert_eq!((page.status, page.bodies()[0].trim() == longest), (StatusCode::OK, true));
    let page = browser.send(&form.with("body", &"x".repeat(200_000))).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let form = browser.open(THREAD).await.form("/thread/comments").with("body", "Hello").with("name", "Mara");
    for content_type in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
        let page = browser.load(browser.ask(&form).header("content-type", content_type)).await;
        assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type}");
    }
}

#[tokio::test]
async fn the_document_describes_itself_to_search_engines() {
    let server = TestServer::start().await;
    let guest = Guest::new('g');
    let root = server.comment(&guest, "/a", None, "First **words** & <more>").await.comment.id;
    let reply = server.comment(&guest, "/a", Some(root), "An answer").await.comment.id;
    let gone = server.comment(&guest, "/a", None, "Withdrawn").await.comment.id;
    server.comment(&guest, "/a", Some(gone), "Still here").await;
    server.delete(&guest, gone).await;
    let page = PlainBrowser::new(&server).open(THREAD).await;
    let description = page.description();
    assert_eq!(description["@type"], "DiscussionForumPosting");
    assert_eq!((&description["url"], &description["commentCount"]), (&"https://blog.example/a".into(), &3.into()));
    let comments = description["comment"].as_array().expect("comments");
    assert_eq!(comments.len(), 3, "a deleted comment says nothing");
    assert_eq!(comments[0]["text"], "First words & <more>");
    assert_eq!(comments[0]["author"]["name"], "Mara");
    assert_eq!(comments[1]["parentItem"]["@id"], comments[0]["@id"]);
    assert!(comments[1]["url"].as_str().expect("an address").ends_with(&format!("#comment-{reply}")));
    assert_eq!(
        comments[1]["datePublished"],
        server.get("/v1/thread?site=blog&page=/a").await.json()["comments"][1]["created_at"]
    );
    let canonical = page.all("link").into_iter().find(|link| attribute(link, "rel").as_deref() == Some("canonical"));
    assert_eq!(attribute(&canonical.expect("one"), "href").as_deref(), Some("https://blog.example/a"));
}

#[tokio::test]
async fn a_page_with_forms_comes_packed_and_no_two_share_a_token() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let plain = browser.open(THREAD).await;
    let ask = Ask::get(THREAD).header("sec-fetch-site", "none").header("accept-encoding", "gzip, br");
    let packed = server.send(ask.build()).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.bytes.len() * 2 < plain.reply.bytes.len(), "{} bytes", packed.bytes.len());
    let again = browser.open(THREAD).await;
    let token = |page: &crate::plain_browser::Page| page.form("/thread/comments").value("form_token").to_owned();
    assert_ne!(token(&plain), token(&again));
}
