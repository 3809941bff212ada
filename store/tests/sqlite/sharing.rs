//! One SQLite file, several who use it.

use crate::contract::model::{assert_agrees, export};
use crate::contract::scene::{MARA, PAGE, Scene};
use afterword_store::{Change, CommentStore, Listing, StoreError, open};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

async fn fresh() -> (TempDir, PathBuf, Arc<dyn CommentStore>) {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    let store = open(file.to_str().expect("a plain path")).await.expect("a new file can be made");
    (directory, file, store)
}

/// Another process, as far as SQLite can tell.
async fn stranger(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.expect("the file is there")
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_process_holds_the_lock_writes_fail_in_time_and_reads_go_on() {
    let (_directory, file, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    scene.say(MARA, None).await;
    let mut stranger = stranger(&file).await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut stranger).await.expect("the lock is free");
    let begun = Instant::now();
    let mut writes = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let (store, write) = (store.clone(), scene.comment(MARA, None));
        writes.spawn(async move { store.insert_comment(write).await });
    }
    let mut slowest_read = Duration::ZERO;
    while !writes.is_empty() {
        let read = Instant::now();
        store.read_slice(&scene.site, PAGE, Listing { limit: 50, ..Listing::default() }).await.expect("reads go on");
        slowest_read = slowest_read.max(read.elapsed());
        while let Some(outcome) = writes.try_join_next() {
            let refused = outcome.expect("no panic").expect_err("the lock is taken");
            assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "answered after {:?}", begun.elapsed());
    assert!(slowest_read < Duration::from_millis(250), "a read took {slowest_read:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut stranger).await.expect("the lock is let go");
    scene.say(MARA, None).await;
    assert_agrees(&scene, 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_commits_is_reported_as_a_change_of_everything() {
    let (_directory, file, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    let mut changes = store.changes();
    scene.say(MARA, None).await;
    assert!(matches!(changes.recv().await, Ok(Change::Thread { .. })));
    let mut stranger = stranger(&file).await;
    sqlx::raw_sql("UPDATE thread SET is_closed = 1").execute(&mut stranger).await.expect("the lock is free");
    let change = tokio::time::timeout(Duration::from_secs(5), changes.recv()).await.expect("within a second or two");
    assert_eq!(change, Ok(Change::Everything));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_backup_taken_while_others_write_is_consistent() {
    let (directory, _, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    let root = scene.say(MARA, None).await;
    let writing = async {
        for _ in 0..200 {
            scene.say(MARA, Some(root)).await;
        }
    };
    let copying = async {
        let mut copies = Vec::new();
        for number in 0..5 {
            let file = directory.path().join(format!("copy-{number}.db"));
            store.backup(&file).await.expect("the file is new");
            copies.push(file);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        copies
    };
    let ((), copies) = tokio::join!(writing, copying);
    for file in copies {
        let copy = open(file.to_str().expect("a plain path")).await.expect("a backup is a database");
        let site = copy.find_site("blog").await.expect("readable").expect("copied");
        let comments = export(&*copy, site.id, 1000).await.len() as u32 - 2;
        let thread = copy.find_thread(site.id, PAGE).await.expect("readable").expect("copied");
        assert_eq!(thread.comment_count, comments);
    }
}

#[tokio::test]
async fn a_backup_never_replaces_a_file() {
    let (directory, _, store) = fresh().await;
    let file = directory.path().join("precious.txt");
    std::fs::write(&file, "precious").expect("writable");
    let refused = store.backup(&file).await.expect_err("the file is there");
    assert!(refused.to_string().ends_with("is there already: a backup goes to a new file"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).expect("readable"), "precious");
    let refused = store.backup(Path::new("/proc/no/such/place.db")).await.expect_err("no such directory");
    assert!(refused.to_string().contains("cannot be written"), "{refused}");
}

#[tokio::test]
async fn a_closed_store_refuses_writes_and_leaves_one_whole_file() {
    let (_directory, file, store) = fresh().await;
    let scene = Scene::new(&*store).await;
    scene.say(MARA, None).await;
    store.close().await;
    let refused = store.insert_comment(scene.comment(MARA, None)).await.expect_err("closed");
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    assert!(!PathBuf::from(format!("{}-wal", file.display())).exists(), "the log is folded in");
}
