//! One database, several processes that use it.

use crate::contract::model::assert_agrees;
use crate::contract::scene::{JONAS, MARA, NOW, PAGE, Scene};
use crate::{database, fresh};
use afterword_store::{Change, CommentStore, DatabaseUrls, Listing, StoreError, open, open_with};
use sqlx::{Connection, PgConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;

/// What is heard next, within the second that readers elsewhere are promised.
async fn heard(changes: &mut Receiver<Change>) -> Change {
    timeout(Duration::from_secs(1), changes.recv()).await.expect("within a second").expect("nothing was missed")
}

fn page_of(scene: &Scene<'_>) -> Change {
    Change::Thread { site_id: scene.site.id, page_key: PAGE.to_owned() }
}

/// Two processes on one database.
async fn two() -> (afterword_cluster::Database<'static>, Arc<dyn CommentStore>, Arc<dyn CommentStore>) {
    let (database, first) = fresh().await;
    let second = open(&database.url).await.expect("it is ours");
    (database, first, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_writes_the_others_hear_within_a_second() {
    let (_database, first, second) = two().await;
    let scene = Scene::new(&*first).await;
    scene.say(MARA, None).await;
    let mut changes = second.changes();
    // The first may still be on its way to whoever subscribes in the middle.
    while timeout(Duration::from_millis(700), changes.recv()).await.is_ok() {}
    let comment = scene.say(MARA, None).await;
    assert_eq!(heard(&mut changes).await, page_of(&scene));
    scene.withdraw(MARA, comment).await;
    assert_eq!(heard(&mut changes).await, page_of(&scene));
    first.set_thread_closed(scene.site.id, PAGE, true, scene.change_id(), NOW).await.expect("possible");
    assert_eq!(heard(&mut changes).await, page_of(&scene));
    assert!(timeout(Duration::from_millis(700), changes.recv()).await.is_err(), "each is heard once");
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_notifications_the_others_hear_within_a_second_all_the_same() {
    let (database, first) = fresh().await;
    // Nobody answers there.
    let listen = Some("postgres://afterword@127.0.0.1:9/nothing".to_owned());
    let deaf = open_with(DatabaseUrls { database: database.url.clone(), listen, read: None }).await.expect("it is ours");
    let scene = Scene::new(&*first).await;
    let mut changes = deaf.changes();
    for _ in 0..3 {
        scene.say(MARA, None).await;
        assert_eq!(heard(&mut changes).await, page_of(&scene));
    }
    first.close().await;
    deaf.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_connection_loses_no_change() {
    let (database, first, second) = two().await;
    let scene = Scene::new(&*first).await;
    let mut changes = second.changes();
    for _ in 0..3 {
        let mut stranger = PgConnection::connect(&database.url).await.expect("the server answers");
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::raw_sql(cut).execute(&mut stranger).await.expect("we may");
        scene.say(MARA, None).await;
        let change = timeout(Duration::from_secs(5), changes.recv()).await.expect("once it is back").expect("nothing was missed");
        assert!([page_of(&scene), Change::Everything].contains(&change), "{change:?}");
    }
    assert_agrees(&scene, 10).await;
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_that_write_to_one_thread_at_once_lose_nothing_and_count_right() {
    let (_database, first, second) = two().await;
    let scene = Scene::new(&*first).await;
    let root = scene.say(MARA, None).await;
    let mut writes = tokio::task::JoinSet::new();
    for number in 0..120 {
        let store = if number % 2 == 0 { first.clone() } else { second.clone() };
        // Devices that come to both processes for the first time, and a page that both begin.
        let mut write = scene.comment((number / 2 % 20) as u8 + 10, if number % 3 == 0 { None } else { Some(root) });
        if number % 10 == 0 {
            (write.parent_id, write.page_key) = (None, "/another".to_owned());
        }
        writes.spawn(async move { store.insert_comment(write).await });
    }
    while let Some(outcome) = writes.join_next().await {
        outcome.expect("no panic").expect("nothing stands against it");
    }
    assert_agrees(&scene, 200).await;
    let pages = [PAGE.to_owned(), "/another".to_owned()];
    let counts = second.count_comments(scene.site.id, &pages).await.expect("readable");
    assert_eq!(counts.iter().map(|page| page.comment_count).collect::<Vec<_>>(), [109, 12]);
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_request_sent_to_two_processes_at_once_happens_once() {
    let (_database, first, second) = two().await;
    let scene = Scene::new(&*first).await;
    for round in 0..10 {
        let mut write = scene.comment(JONAS, None);
        write.page_key = format!("/page-{round}");
        let (one, other) = tokio::join!(first.insert_comment(write.clone()), second.insert_comment(write));
        let (one, other) = (one.expect("taken"), other.expect("taken"));
        assert_eq!(one.written, other.written);
        assert!(one.is_repeated != other.is_repeated);
    }
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_thread_is_locked_by_a_stranger_writes_fail_in_time_and_reads_go_on() {
    let (database, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    scene.say(MARA, None).await;
    let mut stranger = PgConnection::connect(&database.url).await.expect("the server answers");
    sqlx::raw_sql("BEGIN; SELECT FROM thread FOR UPDATE").execute(&mut stranger).await.expect("the lock is free");
    let begun = Instant::now();
    let write = scene.comment(MARA, None);
    let (refused, read) = tokio::join!(
        store.insert_comment(write),
        store.read_slice(&scene.site, PAGE, Listing { limit: 50, ..Listing::default() })
    );
    read.expect("reads go on");
    let refused = refused.expect_err("the lock is taken");
    assert!(matches!(refused, StoreError::Unavailable(_) | StoreError::Conflict(_)), "{refused}");
    assert!(begun.elapsed() < Duration::from_secs(5), "answered after {:?}", begun.elapsed());
    sqlx::raw_sql("ROLLBACK").execute(&mut stranger).await.expect("the lock is let go");
    scene.say(MARA, None).await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_the_database_cannot_keep_harms_no_other_write() {
    let (_database, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    let mut writes = tokio::task::JoinSet::new();
    for number in 0..16 {
        let mut write = scene.comment(MARA, None);
        if number == 7 {
            write.body_html = "a\0b".to_owned();
        }
        let store = store.clone();
        writes.spawn(async move { store.insert_comment(write).await });
    }
    let mut refused = 0;
    while let Some(outcome) = writes.join_next().await {
        refused += u32::from(outcome.expect("no panic").is_err());
    }
    assert_eq!(refused, 1);
    assert_agrees(&scene, 50).await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_gone_or_none_at_all_is_read_from_the_primary() {
    let database = database();
    for read in ["postgres://afterword@127.0.0.1:9/nothing".to_owned(), database.url.clone()] {
        let urls = DatabaseUrls { database: database.url.clone(), listen: None, read: Some(read) };
        let store = open_with(urls).await.expect("the primary is enough");
        let site = match store.find_site("blog").await.expect("readable") {
            Some(site) => site,
            None => crate::contract::scene::add_site(&*store, "blog").await,
        };
        let count = store.count_comments(site.id, &[PAGE.to_owned()]).await.expect("the primary answers");
        assert_eq!(count[0].comment_count, 0);
        store.close().await;
    }
}
