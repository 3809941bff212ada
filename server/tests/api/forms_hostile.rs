//! Hostile text through every form and back out of every page that shows it: what a browser makes of the page is walked.

use crate::plain_browser::{Form, Page, PlainBrowser, attribute, is, text_of};
use crate::server::{Ask, Guest, TestServer, new_comment};
use crate::walk::{corpora, problems};
use axum::http::{Method, StatusCode};
use markup5ever_rcdom::NodeData;
use url::form_urlencoded::byte_serialize;

/// Payloads tried, spread evenly over all corpora.
const PAYLOADS: usize = 300;

/// Ways out of what our pages put text into.
const BREAKOUTS: [&str; 8] = [
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "</title><svg onload=alert(1)>",
    "</script><script>alert(1)</script><!--",
    "\n\n  <!-- --!> <!> &lt;b&gt; &amp;amp; \u{2028}\u{2029}",
    "</form><form action=https://evil.example><button>Post</button>",
    "<!>",
];

const ALLOWED: [&str; 46] = [
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "main",
    "h1",
    "h2",
    "p",
    "a",
    "div",
    "section",
    "header",
    "nav",
    "ol",
    "ul",
    "li",
    "article",
    "span",
    "time",
    "form",
    "input",
    "textarea",
    "button",
    "label",
    "small",
    "br",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "mark",
    "blockquote",
    "hr",
    "svg",
    "text",
    "circle",
    "rect",
    "path",
    "g",
    "abbr",
    "i",
    "b",
];

pub fn payloads() -> Vec<String> {
    let all = corpora();
    let step = (all.len() / PAYLOADS).max(1);
    let usual = all.into_iter().step_by(step).filter(|payload| !payload.contains('\0') && !payload.trim().is_empty());
    BREAKOUTS.map(str::to_owned).into_iter().chain(usual).collect()
}

/// What is in a page that only an injection could have put there.
pub fn injected(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for node in page.elements() {
        let NodeData::Element { name, attrs, .. } = &node.data else { continue };
        if !ALLOWED.contains(&&*name.local) {
            found.push(format!("<{}>", name.local));
        }
        if is(&node, "script") && attribute(&node, "type").as_deref() != Some("application/ld+json") {
            found.push("a script".to_owned());
        }
        for attribute in attrs.borrow().iter() {
            let (name, value) = (&*attribute.name.local, attribute.value.trim().to_ascii_lowercase());
            let is_address = ["href", "src", "action", "formaction", "srcdoc", "data", "xlink:href"].contains(&name);
            let is_safe = ["/", "#", "https://", "http://", "mailto:"].iter().any(|start| value.starts_with(start));
            if name.starts_with("on") || name == "style" && !is(&node, "span") || is_address && !is_safe {
                found.push(format!("{name}={value:?}"));
            }
        }
        if attribute(&node, "part").as_deref() == Some("body") {
            found.extend(problems(&page.inner_html(&node)));
        }
    }
    let is_ours = |action: &str| action == "/thread" || action.starts_with("/thread/comments");
    found.extend(page.forms().iter().filter(|form| !is_ours(&form.action)).map(|form| format!("{form:?}")));
    found
}

/// Line breaks as a browser writes them into a field.
fn as_typed(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[tokio::test]
async fn no_payload_breaks_out_of_a_form_that_is_shown_again() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let empty = browser.open("/thread?site=blog&page=/a").await.form("/thread/comments").with("form_token", "");
    for payload in payloads() {
        let line = payload.replace(['\r', '\n'], " ");
        let typed = empty.clone().with("body", &payload).with("name", &line).with("email", &line).with("website", &line);
        let page = browser.send(&typed).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert_eq!(injected(&page), Vec::<String>::new(), "{payload:?}");
        let again = page.form("/thread/comments");
        assert_eq!(again.value("body"), as_typed(&payload));
        for field in ["name", "email", "website"] {
            assert_eq!(again.value(field), line, "{field}");
        }
    }
}

#[tokio::test]
async fn no_payload_gets_out_of_what_forms_have_written() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let mut written = 0;
    for payload in payloads() {
        let form = browser.open("/thread?site=blog&page=/a&sort=newest&limit=3").await.form("/thread/comments");
        let line = payload.replace(['\r', '\n'], " ");
        let everywhere = form.clone().with("body", &payload).with("name", &line).with("website", &line);
        let mut page = browser.send(&everywhere).await;
        if page.status != StatusCode::OK {
            page = browser.send(&form.with("body", &payload).with("name", "Mallory")).await;
        }
        assert_eq!(page.status, StatusCode::OK, "{payload:?}");
        assert_eq!(injected(&page), Vec::<String>::new(), "{payload:?}");
        let edit = browser.open(&page.link("Edit")).await;
        assert_eq!(injected(&edit), Vec::<String>::new(), "{payload:?}");
        let form: Form = edit.form("/edit");
        assert_eq!(form.value("body"), as_typed(&payload), "what is edited is what was typed");
        let page = browser.send(&form.with("body", &format!("{payload}\n\n> {payload}"))).await;
        assert_eq!((page.status, injected(&page)), (StatusCode::OK, Vec::new()), "{payload:?}");
        written += 1;
    }
    println!("{written} payloads posted and edited by forms");
}

#[tokio::test]
async fn no_payload_gets_out_of_a_pages_key_or_title() {
    let server = TestServer::start().await;
    let browser = PlainBrowser::new(&server);
    let guest = Guest::new('m');
    for payload in payloads() {
        let key = payload.replace(|letter: char| letter.is_control(), " ");
        let key: String = key.chars().take(100).collect();
        let mut comment = new_comment(&key, None, &payload);
        comment["page"]["title"] = payload.clone().into();
        let written = server.send(Ask::write(Method::POST, "/v1/comments?site=blog", &comment).by(&guest).build()).await;
        assert_eq!(written.status, StatusCode::CREATED, "{}", written.text());
        let key: String = byte_serialize(key.as_bytes()).collect();
        let page = browser.open(&format!("/thread?site=blog&page={key}")).await;
        assert_eq!((page.status, injected(&page)), (StatusCode::OK, Vec::new()), "{payload:?}");
        let title = text_of(&page.all("title")[0]);
        assert_eq!(title, text_of(&page.all("h1")[0]));
        let description = page.description();
        assert_eq!(description["headline"], title.as_str());
        let shown = page.bodies()[0].split_whitespace().collect::<String>();
        let described = description["comment"][0]["text"].as_str().expect("a text").split_whitespace().collect::<String>();
        assert_eq!(described, shown, "{payload:?}");
    }
}

/// A check that cannot fail is none: the walk sees what a hole would let through.
#[tokio::test]
async fn the_walk_sees_an_injection() {
    for hole in
        ["<img src=x>", "<p onclick=x>", "<a href=javascript:x>", "<script>1</script>", "<form action=https://evil.example>"]
    {
        assert_ne!(injected(&Page::of(hole)), Vec::<String>::new(), "{hole}");
    }
}
