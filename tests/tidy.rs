//! Boundaries of the widget that no Cargo.toml can hold.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Where a word must not stand, but for the files named, and why.
struct Ban {
    below: &'static str,
    word: &'static str,
    lifted_for: &'static [&'static str],
    reason: &'static str,
}

const BANS: [Ban; 14] = [
    ban("src", "gloo_net", &["src/api"], "requests are made in api only"),
    ban("src/components", "crate::api", &[], "a component calls an action"),
    ban("src/components", ".await", &[], "what waits belongs into actions or api"),
    ban("src/state", "web_sys", &[], "state is plain Rust"),
    ban("src/state", "js_sys", &[], "state is plain Rust"),
    ban("src/state", "leptos", &[], "state is plain Rust"),
    ban("src/state", "crate::browser", &[], "state is plain Rust"),
    ban("src/browser", "crate::actions", &[], "the browser's effects know nobody who asks for them"),
    ban("src", ".html(", &["src/components/sanitized_html.rs"], "server HTML enters through SanitizedHtml"),
    ban("src", "set_inner_html", &["src/components/element.rs"], "server HTML enters through SanitizedHtml"),
    ban("src", "Date::now", &["src/browser/clock.rs"], "one place reads the clock"),
    ban("src", "get_random_values", &["src/browser/random.rs"], "one place draws random numbers"),
    ban("server/src", "sqlx", &[], "the server names no SQL"),
    ban("wire/src", "leptos", &[], "wire looks at nobody"),
];

const fn ban(below: &'static str, word: &'static str, lifted_for: &'static [&'static str], reason: &'static str) -> Ban {
    Ban { below, word, lifted_for, reason }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(below: &str) -> Vec<PathBuf> {
    let mut open = vec![root().join(below)];
    let mut files = Vec::new();
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    assert!(!files.is_empty(), "{below} holds no source: this check checks nothing");
    files
}

/// The code of a file, without its comments: prose may name what code may not.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_layer_reaches_past_its_neighbour() {
    let mut breaches = Vec::new();
    for Ban { below, word, lifted_for, reason } in BANS {
        for file in sources(below) {
            let is_lifted = lifted_for.iter().any(|place| file.starts_with(root().join(place)));
            if !is_lifted && code(&file).contains(word) {
                breaches.push(format!("{} names `{word}`: {reason}", file.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_ban_is_lifted_only_where_it_is_needed() {
    for Ban { word, lifted_for, .. } in BANS {
        for place in lifted_for {
            let path = root().join(place);
            let files = if path.is_dir() { sources(place) } else { vec![path] };
            assert!(files.iter().any(|file| code(file).contains(word)), "{place} no longer names `{word}`");
        }
    }
}

#[test]
fn every_colour_is_a_token_or_an_avatar() {
    for entry in fs::read_dir(root().join("style")).expect("style/") {
        let file = entry.expect("an entry").path();
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if ["tokens.css", "avatar.css"].contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a style sheet");
        for line in text.lines().filter(|line| line.contains('#') && line.contains(": ") && !line.contains("{")) {
            let value = line.split(": ").nth(1).unwrap_or_default();
            let is_mask = line.contains("mask-image");
            assert!(is_mask || !value.contains('#'), "{name}: a raw colour is a token not yet named: {line}");
        }
        assert!(!text.contains("rem;"), "{name}: the page owns rem");
    }
}
