//! Comments found by what stands in them.

use crate::forms_hostile::{injected, payloads};
use crate::plain_browser::{Page, PlainBrowser, attribute, text_of};
use crate::server::{Ask, Guest, TestServer};
use afterword_wire::SearchResults;
use afterword_wire::limits::{MAX_SEARCH_CHARS, MAX_SEARCH_HITS};
use axum::http::StatusCode;
use url::form_urlencoded::byte_serialize;

const FORMS: [&str; 3] = ["/v1/search?site=blog&page=/a", "/v1/search.html?site=blog&page=/a", "/thread?site=blog&page=/a"];

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

async fn search(server: &TestServer, query: &str) -> SearchResults {
    let reply = server.get(&format!("/v1/search?site=blog&page=/a&{query}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    serde_json::from_slice(&reply.bytes).expect("results")
}

#[tokio::test]
async fn what_was_looked_for_is_marked_in_name_and_text() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "Ripe **pears** & apples").await.comment.id;
    server.comment(&guest, "/a", Some(id), "No fruit").await;
    let results = search(&server, "q=mara+PEAR").await;
    assert_eq!((results.hits.len(), results.cursor), (1, None));
    let hit = &results.hits[0];
    assert_eq!((hit.comment.id, hit.comment.reply_count), (id, 1));
    let read = |parts: &[afterword_wire::TextPart]| -> String {
        parts.iter().map(|part| if part.is_match { format!("[{}]", part.text) } else { part.text.clone() }).collect()
    };
    assert_eq!((read(&hit.author_name).as_str(), read(&hit.excerpt).as_str()), ("[Mara]", "Ripe [pears] & apples"));
}

#[tokio::test]
async fn a_search_goes_on_where_its_cursor_says() {
    let server = TestServer::start().await;
    for number in 0..5 {
        server.comment(&Guest::new('m'), "/a", None, &format!("pear {number}")).await;
    }
    let first = search(&server, "q=pear&limit=3").await;
    let rest = search(&server, &format!("q=pear&limit=3&cursor={}", first.cursor.expect("two are left"))).await;
    let texts: Vec<String> = first.hits.iter().chain(&rest.hits).map(|hit| hit.comment.body_html.clone()).collect();
    assert_eq!(texts.len(), 5);
    assert!(texts.iter().enumerate().all(|(at, text)| text.contains(&format!("pear {}", 4 - at))), "{texts:?}");
    assert_eq!(rest.cursor, None);
}

#[tokio::test]
async fn a_comment_is_found_as_soon_as_it_is_written_and_no_longer_once_it_is_deleted() {
    let server = TestServer::start().await;
    let guest = Guest::new('m');
    for form in FORMS {
        let address = format!("{form}&q=unheard");
        assert!(!server.get(&address).await.text().contains("comment-0"), "{form}");
    }
    let id = server.comment(&guest, "/a", None, "Something unheard of").await.comment.id;
    for form in FORMS {
        assert!(server.get(&format!("{form}&q=unheard")).await.text().contains(&id.to_string()), "{form}");
    }
    server.delete(&guest, id).await;
    for form in FORMS {
        assert!(!server.get(&format!("{form}&q=unheard")).await.text().contains(&id.to_string()), "{form}");
    }
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_refused_with_a_sentence() {
    let server = TestServer::start().await;
    for (query, code, said) in [
        ("", "bad_request", "`q`"),
        ("q=a&q=b", "bad_request", "more than once"),
        (&format!("q={}", "a".repeat(10_000)), "invalid_field", "at most 200"),
        (&format!("q={}", encoded(&"日".repeat(MAX_SEARCH_CHARS))), "invalid_field", "at most 50"),
        (&format!("q=a&limit={}", MAX_SEARCH_HITS + 1), "invalid_field", "from 1 to 50"),
        ("q=a&cursor=s", "invalid_field", "cursor"),
    ] {
        for form in &FORMS[..2] {
            let reply = server.get(&format!("{form}&{query}")).await;
            assert_eq!(reply.code(), code, "{query}");
            let message = reply.json()["error"]["message"].as_str().expect("a sentence").to_owned();
            assert!(message.contains(said), "{message}");
        }
    }
}

/// Whatever means something to a database, an address or a page.
#[tokio::test]
async fn no_search_makes_the_server_fail() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, "near and or not body pear").await;
    let mut typed: Vec<String> = [
        "\"",
        "'",
        "*",
        "pear*",
        "^pear",
        "-pear",
        "NOT pear",
        "AND",
        "OR",
        "NEAR(pear near, 5)",
        "body:pear",
        "{body author_name}:pear",
        "- body : pear",
        "(pear",
        "pear)",
        "pear + near",
        "1:pear",
        "\0",
        "pear\0",
        "\u{feff}",
        "\u{202e}raep",
        "\\",
        "%",
        "_",
        "; DROP TABLE x",
        "' OR 1=1 --",
        "pear:*",
        "pear & !near",
        "<->",
        "🍐",
        "\u{300}",
        "${x}",
        "{{x}}",
    ]
    .map(str::to_owned)
    .into();
    typed.extend([
        "\"".repeat(200),
        "(".repeat(200),
        "pear OR ".repeat(20),
        "a".repeat(200),
        "é".repeat(10_000),
        "\"a".repeat(5_000),
    ]);
    typed.extend((0..=0x7f_u8).map(|byte| format!("pear{}near", char::from(byte))));
    for typed in typed {
        for form in FORMS {
            let reply = server.get(&format!("{form}&q={}", encoded(&typed))).await;
            assert!(reply.status.is_success() || reply.status.is_client_error(), "{form} {typed:?}: {}", reply.text());
        }
    }
    for broken in ["q=%ff", "q=%ff%00%fe", "q=%f0%9f", "q=%", "q=%zz", "q"] {
        for form in FORMS {
            assert!(server.get(&format!("{form}&{broken}")).await.status.as_u16() < 500, "{form} {broken}");
        }
    }
}

#[tokio::test]
async fn no_payload_gets_out_of_what_was_found_or_looked_for() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let guest = Guest::new('m');
    let mut tried = 0;
    for payload in payloads() {
        let line: String = payload.replace(|letter: char| letter.is_control(), " ").chars().take(60).collect();
        let mut comment = crate::server::new_comment("/a", None, &format!("needle {payload}"));
        comment["author"]["name"] = line.clone().into();
        let ask = Ask::write(axum::http::Method::POST, "/v1/comments?site=blog", &comment).by(&guest);
        if server.send(ask.build()).await.status != StatusCode::CREATED {
            comment["author"]["name"] = "Mallory".into();
            let ask = Ask::write(axum::http::Method::POST, "/v1/comments?site=blog", &comment).by(&guest);
            assert_eq!(server.send(ask.build()).await.status, StatusCode::CREATED, "{payload:?}");
        }
        for typed in ["needle", &line] {
            let page = browser.open(&format!("/thread?site=blog&page=/a&q={}", encoded(typed))).await;
            assert_eq!(injected(&page), Vec::<String>::new(), "{payload:?}");
            let painted = server.get(&format!("/v1/search.html?site=blog&page=/a&limit=2&q={}", encoded(typed))).await;
            assert_eq!(injected(&Page::of(&painted.text())), Vec::<String>::new(), "{payload:?}");
        }
        tried += 1;
    }
    println!("{tried} payloads found");
}

#[tokio::test]
async fn a_reader_without_scripts_searches_by_a_form_and_goes_to_what_was_found() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let guest = Guest::new('m');
    let id = server.comment(&guest, "/a", None, "A needle").await.comment.id;
    for number in 0..30 {
        server.comment(&guest, "/a", None, &format!("hay {number}")).await;
    }
    let page = browser.open("/thread?site=blog&page=/a&sort=newest&lang=de&limit=5").await;
    assert!(!page.text().contains("needle"), "it is not among the first");
    let search = page.forms().into_iter().find(|form| form.action == "/thread").expect("a search form");
    let fields: String =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&search.with("q", "Needle").fields).finish();
    let found = browser.open(&format!("/thread?{fields}")).await;
    assert!(found.bodies().is_empty() && found.text().contains("Gefunden: 1"), "{}", found.text());
    assert_eq!(found.all("mark").iter().map(text_of).collect::<Vec<_>>(), ["needle"]);
    let links: Vec<String> = found.all("a").iter().filter_map(|link| attribute(link, "href")).collect();
    let address = links.iter().find(|link| link.ends_with(&format!("#comment-{id}"))).expect("a link to it");
    assert!(address.contains("sort=newest") && address.contains("lang=de"), "{address}");
    let shown = browser.open(address.split('#').next().expect("an address")).await;
    assert!(shown.bodies().iter().any(|body| body.contains("A needle")));
    let all = browser.open("/thread?site=blog&page=/a&q=hay").await;
    assert!(all.text().contains("Found: 20+"));
    let on = browser.open(&all.link("Search further back")).await;
    assert!(on.text().contains("Found: 10") && !on.text().contains("Found: 10+"), "{}", on.text());
}

#[tokio::test]
async fn what_is_found_is_kept_like_any_reading() {
    let server = TestServer::start().await;
    server.comment(&Guest::new('m'), "/a", None, "pears").await;
    for form in &FORMS[..2] {
        let address = format!("{form}&q=pears");
        let reply = server.get(&address).await;
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        let again = server.send(Ask::get(&address).header("if-none-match", reply.header("etag")).build()).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
}
