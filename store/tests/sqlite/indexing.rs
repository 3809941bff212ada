//! Comments that were there before anything could be searched.

use crate::contract::importing::{comments, import, record};
use crate::contract::scene::{MARA, PAGE, Scene, add_site};
use afterword_store::search::SearchQuery;
use afterword_store::{Change, CommentStore, SearchListing, SiteId, open};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::{Duration, Instant};

/// Comments that were there: more than are taken in with one write.
const BEFORE: u64 = 600;

/// As a program left it that knew no search.
async fn forget_index(file: &Path) {
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(file).connect().await.expect("opens");
    let sql = "INSERT INTO comment_search (comment_search) VALUES ('delete-all'); DELETE FROM search_section; \
               UPDATE search_progress SET thread_id = 0, comment_id = 0";
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("runs");
    connection.close().await.expect("closes");
}

/// The ids of all comments found, newest first.
async fn all_found(store: &dyn CommentStore, site_id: SiteId, typed: &str) -> Vec<u64> {
    let query = SearchQuery::parse(typed).expect("short");
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let found = store.search_comments(site_id, PAGE, &query, SearchListing { limit: 50, cursor }).await.expect("searchable");
        ids.extend(found.comments.iter().map(|comment| comment.id.0));
        cursor = found.cursor;
        if cursor.is_none() {
            return ids;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comments_of_an_older_program_are_found_once_they_were_taken_in_and_writes_meanwhile_are_right() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    let url = file.to_str().expect("a plain path");
    let store = open(url).await.expect("a new file can be made");
    let scene = Scene::new(&*store).await;
    let site_id = scene.site.id;
    import(&*store, site_id, &comments((1..=BEFORE).map(|id| record(id, None)))).await;
    let own = [scene.say(MARA, None).await, scene.say(MARA, None).await];
    store.close().await;
    forget_index(&file).await;

    // Several processes, one of which stops at once.
    open(url).await.expect("opens").close().await;
    let (store, other) = (open(url).await.expect("opens"), open(url).await.expect("opens"));
    store.edit_comment(scene.edit(MARA, own[0])).await.expect("in time");
    store.delete_comment(scene.withdrawal(MARA, own[1])).await.expect("in time");
    add_site(&*store, "other").await;
    let expected: Vec<u64> = (1..=BEFORE).rev().collect();
    let begun = Instant::now();
    loop {
        let found = all_found(&*store, site_id, "old").await;
        assert!(found.len() <= expected.len(), "taken in twice");
        if found == expected && !all_found(&*store, site_id, "better").await.is_empty() {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{} of {BEFORE} are found", found.len());
        tokio::task::yield_now().await;
    }
    assert_eq!(all_found(&*store, site_id, "better").await, [own[0].0]);
    assert_eq!(all_found(&*store, site_id, "person").await, [own[0].0], "what was deleted is not taken in");
    store.close().await;
    other.close().await;
}

#[tokio::test]
async fn once_all_were_taken_in_everything_is_reported_as_changed() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    let url = file.to_str().expect("a plain path");
    let store = open(url).await.expect("a new file can be made");
    let scene = Scene::new(&*store).await;
    import(&*store, scene.site.id, &comments((1..=BEFORE).map(|id| record(id, None)))).await;
    store.close().await;
    forget_index(&file).await;
    let store = open(url).await.expect("opens");
    // Answers to searches are kept until something changes: those given meanwhile must not stay.
    let change = tokio::time::timeout(Duration::from_secs(60), store.changes().recv()).await.expect("within a minute");
    assert_eq!(change, Ok(Change::Everything));
    assert_eq!(all_found(&*store, scene.site.id, "old").await.len() as u64, BEFORE);
    store.close().await;
}

#[tokio::test]
async fn what_was_withdrawn_leaves_no_word_in_the_file() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    let store = open(file.to_str().expect("a plain path")).await.expect("a new file can be made");
    let scene = Scene::new(&*store).await;
    for _ in 0..20 {
        scene.say(MARA, None).await;
    }
    let mut write = scene.comment(MARA, None);
    write.body_html = "<p>unmistakable</p>".to_owned();
    write.body_markdown = "unmistakable".to_owned();
    let comment = scene.insert(write).await.written.comment.id;
    scene.withdraw(MARA, comment).await;
    store.close().await;
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(&file).connect().await.expect("opens");
    let sql = "SELECT count(*) FROM comment_search_data WHERE instr(block, CAST('unmistakable' AS BLOB)) > 0";
    let left: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("readable");
    assert_eq!(left, 0);
}
