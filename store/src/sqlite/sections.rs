//! Holds that a search goes through all sections of a thread.

use crate::search::SearchQuery;
use crate::{CommentRecord, ModerationStatus, NewSite, Record, SearchListing, open};
use afterword_wire::{AuthorId, CommentId, Timestamp};

fn record(id: u64) -> Record {
    let body = if id.is_multiple_of(7) { "a pear" } else { "an apple" };
    Record::Comment(CommentRecord {
        comment_id: CommentId(id),
        page_key: "/a".to_owned(),
        parent_id: None,
        answers_name: None,
        author_id: AuthorId(9),
        author_name: "Guest".to_owned(),
        author_email: None,
        author_website: None,
        moderation_status: ModerationStatus::Approved,
        created_at: Timestamp(0),
        edited_at: None,
        deleted_at: None,
        body_markdown: body.to_owned(),
        body_html: format!("<p>{body}</p>"),
        renderer_version: 1,
    })
}

/// Sections hold four comments here, and an answer goes through three of them.
#[tokio::test]
async fn a_search_goes_through_all_sections_whatever_order_they_were_filled_in() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let store = open(directory.path().join("afterword.db").to_str().expect("a plain path")).await.expect("a new file");
    let site = NewSite { slug: "blog".to_owned(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) };
    let site_id = store.add_site(site).await.expect("the slug is free").id;
    for ids in [40..80_u64, 1..20, 20..40] {
        store.import_records(site_id, ids.map(record).collect()).await.expect("sound");
    }
    for (typed, expected) in [
        ("pea", (1..80).rev().filter(|id| id % 7 == 0).collect::<Vec<u64>>()),
        ("an app", (1..80).rev().filter(|id| id % 7 != 0).collect()),
        ("a pe", (1..80).rev().filter(|id| id % 7 == 0).collect()),
        ("guest plu", vec![]),
        ("apple ", (1..80).rev().filter(|id| id % 7 != 0).collect()),
        ("plum", vec![]),
    ] {
        for limit in [1, 5, 50] {
            let query = SearchQuery::parse(typed).expect("short");
            let (mut ids, mut cursor, mut answers) = (Vec::new(), None, 0);
            loop {
                let listing = SearchListing { limit, cursor };
                let found = store.search_comments(site_id, "/a", &query, listing).await.expect("searchable");
                ids.extend(found.comments.iter().map(|comment| comment.id.0));
                (cursor, answers) = (found.cursor, answers + 1);
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(ids, expected, "{typed}, limit {limit}");
            assert!(answers >= 3, "an answer is bounded: {answers} for {typed}");
        }
    }
    store.close().await;
}
