//! One version apart, an old page and a new server understand each other, and the other way round.
//!
//! What release 0.1.0 sends and reads stands here in full, each optional field filled. It is never changed; when a later release
//! is the one before, its own words take this place.

use afterword_wire::{
    Counts, DeleteComment, EditComment, ErrorBody, NewComment, Preview, Previewed, Source, ThreadSlice, Written,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const REQUEST_ID: &str = "01980a7e-5b7c-7d2e-8f00-5d3c2b1a0f9e";

fn new_comment() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "page": { "key": "/pears", "url": "https://blog.example/pears", "title": "Pears" },
        "parent_id": "0c5v9x8m2k7qa",
        "body_markdown": "Hello",
        "author": { "name": "Mara", "email": "m@example.org", "website": "https://mara.example/" },
    })
}

fn comment() -> Value {
    json!({
        "id": "0c5v9x8m2k7qb", "parent_id": "0c5v9x8m2k7qa", "depth": 1, "answers_name": "Jo",
        "author": { "id": "0c5v9x8m2k7qc", "name": "Mara", "website": "https://mara.example/" },
        "created_at": "2026-11-01T08:00:00.000Z", "edited_at": "2026-11-01T08:05:00.000Z",
        "body_html": "<p>Hello</p>", "reply_count": 2, "more": { "cursor": "x", "count": 1 },
    })
}

fn slice() -> Value {
    json!({
        "comment_count": 3, "is_closed": true, "edit_window_s": 900, "sort": "oldest", "comments": [comment()],
        "more": { "cursor": "y", "count": 7 },
    })
}

fn written() -> Value {
    json!({ "comment": comment(), "author_id": "0c5v9x8m2k7qc", "comment_count": 3, "is_listed": true })
}

/// What today's program makes of it and would say in its place.
fn said_again<T: DeserializeOwned + Serialize>(said: &Value) -> Value {
    let read: T = serde_json::from_value(said.clone()).unwrap_or_else(|error| panic!("{error}: {said}"));
    serde_json::to_value(read).expect("JSON")
}

/// Every field of `old` is there, as it was.
fn holds(today: &Value, old: &Value) -> bool {
    match (today, old) {
        (Value::Object(today), Value::Object(old)) => {
            old.iter().all(|(name, value)| today.get(name).is_some_and(|today| holds(today, value)))
        }
        (Value::Array(today), Value::Array(old)) => {
            today.len() == old.len() && today.iter().zip(old).all(|(today, old)| holds(today, old))
        }
        (today, old) => today == old,
    }
}

/// Requests must be alike to the letter: a server refuses fields that it does not know.
#[test]
fn what_is_asked_is_the_same_in_both_versions() {
    let edit = json!({ "request_id": REQUEST_ID, "body_markdown": "Hello" });
    assert_eq!(said_again::<NewComment>(&new_comment()), new_comment());
    assert_eq!(said_again::<EditComment>(&edit), edit);
    let delete = json!({ "request_id": REQUEST_ID });
    assert_eq!(said_again::<DeleteComment>(&delete), delete);
    let preview = json!({ "body_markdown": "Hello" });
    assert_eq!(said_again::<Preview>(&preview), preview);
}

/// Answers may say more: whoever reads them passes over what it does not know.
#[test]
fn what_is_answered_holds_all_that_the_version_before_reads() {
    assert!(holds(&said_again::<ThreadSlice>(&slice()), &slice()));
    assert!(holds(&said_again::<Written>(&written()), &written()));
    let previewed = json!({ "body_html": "<p>Hello</p>" });
    assert!(holds(&said_again::<Previewed>(&previewed), &previewed));
    let source = json!({ "body_markdown": "Hello" });
    assert!(holds(&said_again::<Source>(&source), &source));
    let counts = json!({ "counts": [{ "page_key": "/pears", "comment_count": 3, "text": "3 comments" }] });
    assert!(holds(&said_again::<Counts>(&counts), &counts));
    let error =
        json!({ "error": { "code": "rate_limited", "message": "too fast", "field": "body_markdown", "retry_after_s": 9 } });
    assert!(holds(&said_again::<ErrorBody>(&error), &error));
}

#[test]
fn what_the_next_version_adds_to_an_answer_is_passed_over() {
    let mut next = slice();
    next["reader_count"] = json!(5);
    next["comments"][0]["score"] = json!(-2);
    next["comments"][0]["author"]["badge"] = json!("moderator");
    assert_eq!(said_again::<ThreadSlice>(&next), said_again::<ThreadSlice>(&slice()));
}

#[test]
fn an_error_that_the_next_version_invents_is_still_an_error() {
    let next =
        json!({ "error": { "code": "too_hot", "message": "the thread is in slow mode", "until": "2027-01-01T00:00:00Z" } });
    let read: ErrorBody = serde_json::from_value(next).expect("an error");
    assert_eq!(read.error.message, "the thread is in slow mode");
}

#[test]
fn a_word_that_is_missing_is_seen() {
    assert!(!holds(&json!({ "a": 1 }), &json!({ "a": 1, "b": 2 })));
    assert!(!holds(&json!({ "a": [{ "b": 2 }] }), &json!({ "a": [{ "b": 3 }] })));
}
