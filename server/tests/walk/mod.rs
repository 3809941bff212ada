//! Reads HTML as a browser would and says what in it is not allowed; and the corpora to try.

#![allow(dead_code, reason = "each test binary uses its part")]

use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, QualName, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::path::PathBuf;

const REL: &str = "nofollow ugc noopener noreferrer";

/// Everything in a fragment that a comment's body may not hold, in words. Empty when all is well.
pub fn problems(html: &str) -> Vec<String> {
    let context = QualName::new(None, ns!(html), LocalName::from("div"));
    let dom = parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(html);
    let mut found = Vec::new();
    // The parser wraps a fragment in one `html` element of its own.
    let root = dom.document.children.borrow()[0].clone();
    let mut waiting: Vec<Handle> = root.children.borrow().to_vec();
    while let Some(node) = waiting.pop() {
        inspect(&node, &mut found);
        waiting.extend(node.children.borrow().iter().cloned());
    }
    found
}

fn inspect(node: &Handle, found: &mut Vec<String>) {
    match &node.data {
        NodeData::Text { .. } => {}
        NodeData::Element { name, attrs, .. } => {
            let element = &*name.local;
            if name.ns != ns!(html)
                || !["p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"]
                    .contains(&element)
            {
                found.push(format!("element {element}"));
            }
            for attribute in attrs.borrow().iter() {
                inspect_attribute(element, &attribute.name.local, &attribute.value, found);
            }
        }
        other => found.push(format!("{other:?}")),
    }
}

fn inspect_attribute(element: &str, name: &str, value: &str, found: &mut Vec<String>) {
    let is_allowed = match (element, name) {
        ("ol", "start") => value.bytes().all(|byte| byte.is_ascii_digit()),
        ("a", "rel") => value == REL,
        ("a", "href") => {
            let scheme = value.split(':').next().unwrap_or_default();
            ["http", "https", "mailto"].contains(&scheme)
                && value.chars().count() <= 2048
                && url::Url::parse(value).is_ok_and(|url| url.as_str() == value)
        }
        _ => false,
    };
    if !is_allowed {
        found.push(format!("{element} {name}={value:?}"));
    }
}

/// The fragment after another pass of a sanitiser set up here, apart from the server's.
pub fn cleaned_again(html: &str) -> String {
    ammonia::Builder::default()
        .tags(["p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"].into())
        .add_tag_attributes("ol", ["start"])
        .link_rel(Some(REL))
        .clean(html)
        .to_string()
}

/// Where input lies that nobody here wrote. `None`, said aloud, where it is absent.
pub fn fixtures() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is absent", folder.display());
    None
}

/// Every payload of the three corpora; none, said aloud, where they are absent.
pub fn corpora() -> Vec<String> {
    let Some(folder) = fixtures().map(|folder| folder.join("corpora")) else {
        return Vec::new();
    };
    let read = |name: &str| {
        std::fs::read(folder.join(name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .expect("the corpus is readable")
    };
    let mut payloads: Vec<String> = read("xss-payloadbox.txt").lines().map(str::to_owned).collect();
    let vectors = read("html-vectors-h5sc.txt");
    payloads.extend(vectors.lines().map(str::to_owned));
    payloads.extend(vectors.split("<div id=").map(|vector| format!("<div id={vector}")));
    let listed: serde_json::Value = serde_json::from_str(&read("dompurify-payloads.json")).expect("the corpus is JSON");
    let listed = listed.as_array().expect("the corpus is a list");
    payloads.extend(listed.iter().filter_map(|entry| entry["payload"].as_str()).map(str::to_owned));
    assert!(payloads.len() > 6_613 + 223, "all three corpora are there");
    payloads
}
