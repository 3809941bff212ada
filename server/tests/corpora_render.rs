//! Three corpora of injection strings through everything that cleans: bodies, names, websites, titles. The output is parsed again
//! and walked as a tree; matching strings would cry wolf over harmless text.

mod walk;

use afterword::render::{markdown::render, name::clean_name, title::clean_title, url::clean_url};
use proptest::prelude::*;
use walk::{corpora, problems};

/// Ways in which a payload can sit in a body.
fn bodies(payload: &str) -> Vec<String> {
    vec![
        payload.to_owned(),
        format!("> {payload}"),
        format!("- {payload}"),
        format!("`{payload}`"),
        format!("```{payload}\n{payload}\n```"),
        format!("[{payload}](https://example.org)"),
        format!("[text]({payload})"),
        format!("[text](<{payload}>)"),
        format!("[text](https://example.org \"{payload}\")"),
        format!("![{payload}]({payload})"),
        format!("<{payload}>"),
        format!("https://example.org/{payload}"),
        format!("[text][ref]\n\n[ref]: {payload}"),
    ]
}

#[test]
fn no_payload_in_a_body_becomes_anything_but_allowed_html() {
    let payloads = corpora();
    for payload in &payloads {
        for body in bodies(payload) {
            let html = render(&body);
            assert_eq!(problems(&html), Vec::<String>::new(), "{body:?}\n{html}");
        }
    }
    println!("{} payloads, each in {} places", payloads.len(), bodies("").len());
}

#[test]
fn a_second_cleaning_of_a_body_changes_nothing() {
    for payload in corpora() {
        let html = render(&payload);
        assert_eq!(walk::cleaned_again(&html), html, "{payload:?}");
    }
}

#[test]
fn no_payload_in_a_name_title_or_website_leaves_anything_dangerous() {
    for payload in corpora() {
        let page_url = format!("https://example.org/{payload}");
        for url in [clean_url(&payload), clean_url(&page_url)].into_iter().flatten() {
            assert!(url.starts_with("https://") || url.starts_with("http://"), "{payload:?} -> {url}");
            assert!(!url.contains(['<', '>', '"', ' ', '\n', '\0']), "{payload:?} -> {url}");
            assert_eq!(clean_url(&url), Some(url.clone()));
        }
        for line in [clean_name(&payload).ok(), clean_title(&payload)].into_iter().flatten() {
            assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_renders_to_allowed_html(body in any::<String>()) {
        let html = render(&body);
        prop_assert_eq!(problems(&html), Vec::<String>::new());
        prop_assert_eq!(walk::cleaned_again(&html), html);
    }

    #[test]
    fn anything_near_markdown_renders_to_allowed_html(body in "([a <>\\[\\]()!*_~`\"'&;:/.\\\\#=+|\n-]|https?://|javascript:|www\\.|a\\.example|<script>|<!--|&#|\t|> |- |1\\. ){0,60}") {
        let html = render(&body);
        prop_assert_eq!(problems(&html), Vec::<String>::new(), "{}", html);
        prop_assert_eq!(walk::cleaned_again(&html), html);
    }

    #[test]
    fn cleaning_a_name_twice_is_cleaning_it_once(name in any::<String>()) {
        if let Ok(once) = clean_name(&name) {
            prop_assert_eq!(clean_name(&once), Ok(once));
        }
    }

    #[test]
    fn cleaning_hostile_marks_twice_is_cleaning_them_once(name in "[a-c\u{300}-\u{36f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{fe00}-\u{fe0f}\u{1f468}-\u{1f469}\u{1f3fb}-\u{1f3ff}\u{1100}-\u{11ff}\u{3099}\u{309a}か #*1]{0,40}") {
        if let Ok(once) = clean_name(&name) {
            prop_assert_eq!(clean_name(&once), Ok(once.clone()), "{:?}", once);
        }
        let title = clean_title(&name);
        prop_assert_eq!(title.as_deref().and_then(clean_title), title);
    }

    #[test]
    fn cleaning_a_website_twice_is_cleaning_it_once(url in "(https?://|HTTP://)?[a-zäÄ.:@/?#%\\\\\\[\\] 0-9-]{0,40}") {
        if let Some(once) = clean_url(&url) {
            prop_assert_eq!(clean_url(&once), Some(once));
        }
    }
}
