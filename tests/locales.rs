//! The build sees what is wrong in a message file, and says in which file and at which key.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../build/check.rs"]
mod check;
#[path = "../build/message_file.rs"]
mod message_file;
#[path = "../src/text/plural_category.rs"]
mod plural_category;
#[path = "../src/text/plural_rules.rs"]
mod plural_rules;
#[path = "../build/pseudo.rs"]
mod pseudo;

use message_file::MessageFile;
use plural_category::PluralCategory;

const ENGLISH: &str = r#"{"reply_to": "Reply to {{name}}", "post": "Post",
    "comments_one": "{{count}} comment", "comments_other": "{{count}} comments"}"#;
const NOTES: &str = r#"{"reply_to": "A button.", "post": "A button.", "comments": "A heading."}"#;

fn file(tag: &str, json: &str) -> MessageFile {
    MessageFile::parse(tag, json).expect("JSON")
}

/// What the build says about a translation of [`ENGLISH`].
fn faults(tag: &str, json: &str) -> Vec<String> {
    check::translation(&file(tag, json), &file("en", ENGLISH))
}

/// A German file that is as it must be, with one text changed.
fn german_with(before: &str, after: &str) -> Vec<String> {
    const GERMAN: &str = r#"{"reply_to": "{{name}} antworten", "post": "Senden",
        "comments_one": "{{count}} Kommentar", "comments_other": "{{count}} Kommentare"}"#;
    assert!(GERMAN.contains(before), "nothing is changed");
    faults("de", &GERMAN.replace(before, after))
}

#[test]
fn a_complete_translation_has_no_fault() {
    assert_eq!(german_with("Senden", "Abschicken"), Vec::<String>::new());
}

#[test]
fn a_missing_an_unknown_and_an_empty_text_are_named() {
    let missing = german_with(r#""post": "Senden","#, "");
    assert_eq!(missing, [r#"locales/de.json: "post" is missing"#]);
    let unknown = german_with(r#""post""#, r#""pots": "Senden", "post""#);
    assert_eq!(unknown, [r#"locales/de.json: "pots" is no message of en.json"#]);
    assert_eq!(german_with("Senden", " "), [r#"locales/de.json: "post" is empty"#]);
    assert_eq!(german_with("Senden", "Senden "), [r#"locales/de.json: "post" begins or ends with a space"#]);
}

#[test]
fn other_holes_than_in_english_are_named() {
    for text in ["antworten", "{{nom}} antworten", "{{name}} {{name}} antworten"] {
        let fault = german_with("{{name}} antworten", text);
        assert_eq!(fault, [r#"locales/de.json: "reply_to" must hold ["name"], as in en.json"#], "{text}");
    }
    assert_eq!(german_with("{{name}} a", "{name} a").len(), 2, "a hole that is none, and braces that belong to none");
}

#[test]
fn a_plural_category_that_is_missing_or_too_many_is_named() {
    let missing = german_with(r#""comments_one": "{{count}} Kommentar","#, "");
    assert_eq!(missing, [r#"locales/de.json: "comments_one" is missing: the language has this plural category"#]);
    let extra = german_with(r#""comments_one""#, r#""comments_few": "{{count}} Kommentare", "comments_one""#);
    assert_eq!(extra, [r#"locales/de.json: "comments_few" is too many: the language has no such plural category"#]);
}

#[test]
fn a_number_may_be_left_out_only_where_the_category_is_that_number() {
    let arabic = r#"{"reply_to": "رد على {{name}}", "post": "نشر", "comments_zero": "لا تعليقات", "comments_one": "تعليق واحد",
        "comments_two": "تعليقان", "comments_few": "{{count}} تعليقات", "comments_many": "{{count}} تعليقًا",
        "comments_other": "{{count}} تعليق"}"#;
    assert_eq!(faults("ar", arabic), Vec::<String>::new());
    let russian = r#"{"reply_to": "Ответить {{name}}", "post": "Отправить", "comments_one": "Один комментарий",
        "comments_few": "{{count}} комментария", "comments_many": "{{count}} комментариев", "comments_other": "{{count}} комментария"}"#;
    assert_eq!(faults("ru", russian), [r#"locales/ru.json: "comments_one" must hold {{count}} once and no other hole"#]);
}

#[test]
fn a_language_without_a_plural_rule_is_named() {
    assert_eq!(faults("tlh", ENGLISH), ["locales/tlh.json: src/text/plural_rules.rs has no rule for this language"]);
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let error = MessageFile::parse("de", r#"{"post": "Senden", "post": "Ab"}"#).expect_err("twice");
    assert!(error.to_string().contains("\"post\" stands twice"), "{error}");
}

#[test]
fn english_needs_a_note_for_every_message_and_no_other() {
    let check = |notes: &str| check::english(&file("en", ENGLISH), &file("notes", notes));
    assert_eq!(check(NOTES), Vec::<String>::new());
    let missing = check(&NOTES.replace(r#""post": "A button.", "#, ""));
    assert_eq!(missing, [r#"locales/notes.json: "post" is missing: say what the message is for"#]);
    let unknown = check(&NOTES.replace(r#""post""#, r#""preview": "A button.", "post""#));
    assert_eq!(unknown, [r#"locales/notes.json: "preview" is no message of en.json"#]);
}

#[test]
fn english_has_one_hole_at_most_and_keys_that_can_be_fields() {
    let check = |json: &str, notes: &str| check::english(&file("en", json), &file("notes", notes));
    assert_eq!(
        check(r#"{"sent": "{{from}} to {{to}}"}"#, r#"{"sent": "x"}"#),
        [r#"locales/en.json: "sent" has two holes; the program fills one"#]
    );
    let dashed = check(r#"{"reply-to": "Reply"}"#, r#"{"reply-to": "x"}"#);
    assert_eq!(dashed, [r#"locales/en.json: "reply-to" is no name for a field: a-z, 0-9 and _ are allowed"#]);
}

#[test]
fn the_pseudo_locale_is_longer_accented_and_keeps_its_holes() {
    let english = file("en", r#"{"reply": "Your reply to {{name}} here"}"#);
    let disguised = pseudo::of(&english);
    let text = disguised.text("reply").expect("the same keys");
    assert!(text.starts_with("[Ýöûr rép") && text.contains(" {{name}} ") && text.ends_with(']'), "{text}");
    let (length, before) = (text.chars().count(), "Your reply to {{name}} here".chars().count());
    assert!((before * 13 / 10..before * 17 / 10).contains(&length), "{length} of {before}: {text}");
}
