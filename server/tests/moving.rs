//! Everything moves from one database to another, and back.

use afterword::moving::move_everything;
use afterword_cluster::Cluster;
use afterword_store::search::SearchQuery;
use afterword_store::{
    CommentStore, EditBody, InsertComment, NewSite, SearchListing, Site, TokenHash, WithdrawComment, WriteRequest, open,
};
use afterword_wire::{AuthorId, ChangeId, CommentId, RequestId, Timestamp};
use std::sync::Arc;
use tempfile::TempDir;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn comment(site: &Site, number: u64, page_key: &str, parent_id: Option<CommentId>) -> InsertComment {
    InsertComment {
        site: site.clone(),
        page_key: page_key.to_owned(),
        page_url: Some(format!("https://blog.example{page_key}")),
        page_title: None,
        new_comment_id: CommentId(1_000_000 + number),
        new_author_id: AuthorId(2_000_000 + number),
        new_change_id: ChangeId(3_000_000 + number),
        parent_id,
        token_hash: TokenHash([(number % 7) as u8; 32]),
        author_name: format!("Person {}", number % 7),
        author_email: Some("somebody@example.org".to_owned()),
        author_website: None,
        body_markdown: format!("pears and *{number}*"),
        body_html: format!("<p>pears and <em>{number}</em></p>"),
        renderer_version: 1,
        now: NOW,
        request: WriteRequest { id: RequestId::from_parts(number, [7; 16]), fingerprint: [3; 32] },
    }
}

fn edit(site: &Site, number: u64, of: u64) -> EditBody {
    EditBody {
        site: site.clone(),
        comment_id: CommentId(1_000_000 + of),
        new_change_id: ChangeId(3_000_000 + number),
        token_hash: TokenHash([(of % 7) as u8; 32]),
        body_markdown: "plums".to_owned(),
        body_html: "<p>plums</p>".to_owned(),
        renderer_version: 2,
        now: NOW,
        request: WriteRequest { id: RequestId::from_parts(number, [7; 16]), fingerprint: [3; 32] },
    }
}

/// Two sites, four pages, 1,300 comments in more than one step, some edited, some withdrawn, one thread closed.
async fn furnish(store: &dyn CommentStore) -> Site {
    let new = |slug: &str| NewSite {
        slug: slug.to_owned(),
        origins: vec!["https://blog.example".to_owned()],
        edit_window_s: 1234,
        created_at: NOW,
    };
    store.add_site(new("another")).await.expect("the slug is free");
    let site = store.add_site(new("blog")).await.expect("the slug is free");
    for number in 0..1300 {
        let parent = (number > 8).then_some(CommentId(1_000_000 + number % 4));
        let page_key = ["", "/a", "/ä", "/b"][(number % 4) as usize];
        store.insert_comment(comment(&site, number, page_key, parent)).await.expect("nothing stands against it");
    }
    store.edit_comment(edit(&site, 5001, 900)).await.expect("in time");
    for (number, of) in [(5002, 1), (5003, 700)] {
        let EditBody { site, comment_id, new_change_id, token_hash, now, request, .. } = edit(&site, number, of);
        let withdrawal = WithdrawComment { site, comment_id, new_change_id, token_hash, now, request };
        store.delete_comment(withdrawal).await.expect("in time");
    }
    store.set_thread_closed(site.id, "/b", true, ChangeId(3_009_000), NOW).await.expect("possible");
    site
}

async fn sqlite(directory: &TempDir, name: &str) -> Arc<dyn CommentStore> {
    open(directory.path().join(name).to_str().expect("a plain path")).await.expect("a new file can be made")
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_there_and_back() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let database = Cluster::shared().and_then(Cluster::database).expect("a PostgreSQL server for the tests");
    let first = sqlite(&directory, "first.db").await;
    let site = furnish(&*first).await;
    let there = open(&database.url).await.expect("a new database can be prepared");
    let back = sqlite(&directory, "back.db").await;
    let moved = move_everything(&*first, &*there).await.expect("both can be used");
    assert_eq!((moved.rows, moved.written), (2 + 4 + 7 + 1300 + 1303 + 1304, moved.rows));
    let again = move_everything(&*first, &*there).await.expect("both can be used");
    assert_eq!((again.written, &again.digest), (0, &moved.digest), "what is there is not written again");
    let moved_back = move_everything(&*there, &*back).await.expect("both can be used");
    assert_eq!((moved_back.rows, moved_back.digest), (moved.rows, moved.digest));
    for store in [there, back] {
        assert_works(&*store, &site).await;
        store.close().await;
    }
    first.close().await;
}

/// Devices own their comments, requests are remembered, closed threads are closed, and what is said can be found.
async fn assert_works(store: &dyn CommentStore, old: &Site) {
    let site = store.find_site("blog").await.expect("readable").expect("moved");
    assert_eq!((&site.origins, site.edit_window_s), (&old.origins, old.edit_window_s));
    assert!(store.find_thread(site.id, "/b").await.expect("readable").expect("moved").is_closed);
    let again = store.insert_comment(comment(&site, 12, "", Some(CommentId(1_000_000)))).await.expect("the same again");
    assert!(again.is_repeated);
    let edited = store.edit_comment(edit(&site, 6001, 800)).await.expect("the device is known there too");
    assert_eq!(edited.written.comment.body_html, "<p>plums</p>");
    for (typed, expected) in [("plums", 2), ("1200", 1)] {
        let query = SearchQuery::parse(typed).expect("a query");
        let listing = SearchListing { limit: 50, cursor: None };
        let found = store.search_comments(site.id, "", &query, listing).await.expect("searchable");
        assert_eq!(found.comments.len(), expected, "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_was_broken_off_or_overtaken_goes_on_with_the_rest() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let (from, to) = (sqlite(&directory, "from.db").await, sqlite(&directory, "to.db").await);
    let site = furnish(&*from).await;
    move_everything(&*from, &*to).await.expect("both can be used");
    from.insert_comment(comment(&site, 7001, "/new", None)).await.expect("nothing stands against it");
    from.edit_comment(edit(&site, 7002, 640)).await.expect("in time");
    from.forget_changes(ChangeId(3_000_100)).await.expect("possible");
    let rest = move_everything(&*from, &*to).await.expect("both can be used");
    // The new thread, comment, its request and entry; the edited comment, its request and entry.
    assert_eq!(rest.written, 4 + 3);
    from.close().await;
    to.close().await;
}
