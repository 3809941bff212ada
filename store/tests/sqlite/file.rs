//! Which files are opened, and what is said of those that are not.

use afterword_store::sqlite::SqliteStore;
use afterword_store::{CommentStore, NewSite, StoreError, open};
use afterword_wire::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn directory() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("afterword.db");
    (directory, file)
}

async fn open_file(file: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(file.to_str().expect("a plain path")).await
}

async fn run(file: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut connection: SqliteConnection = options.connect().await.expect("the file can be opened");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statement runs");
    connection.close().await.expect("nothing is left to do");
}

/// The sentence with which a file was refused.
fn sentence(result: Result<SqliteStore, StoreError>) -> String {
    match result {
        Err(StoreError::InvalidUrl(sentence)) => sentence,
        Err(other) => panic!("a sentence about the file was expected; {other} came"),
        Ok(_) => panic!("the file was opened"),
    }
}

fn site(slug: &str) -> NewSite {
    NewSite { slug: slug.to_owned(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) }
}

#[tokio::test]
async fn a_new_file_is_made_with_its_directories_and_found_again() {
    let (directory, _) = directory();
    let file = directory.path().join("deep/er/afterword.db");
    let store = open_file(&file).await.expect("a new file can be made");
    store.add_site(site("blog")).await.expect("the slug is free");
    store.close().await;
    for url in [format!("sqlite:{}", file.display()), format!("sqlite://{}", file.display()), file.display().to_string()] {
        let store = open(&url).await.expect("the file is ours");
        assert!(store.find_site("blog").await.expect("readable").is_some(), "{url}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_left_as_it_is() {
    let (_directory, file) = directory();
    open_file(&file).await.expect("a new file can be made").close().await;
    run(&file, "PRAGMA user_version = 99").await;
    let before = std::fs::read(&file).expect("readable");
    let refused = open_file(&file).await.err().expect("a newer program made it");
    assert!(matches!(refused, StoreError::NewerSchema { found: 99, known: 3 }), "{refused}");
    assert!(std::fs::read(&file).expect("readable") == before, "the file changed");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_in_one_sentence() {
    let (_directory, file) = directory();
    let text = "this is a letter, and a long one, ".repeat(100);
    std::fs::write(&file, &text).expect("writable");
    assert!(sentence(open_file(&file).await).ends_with("afterword.db is not a SQLite database"));
    assert_eq!(std::fs::read_to_string(&file).expect("readable"), text);
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let (_directory, file) = directory();
    run(&file, "CREATE TABLE recipe (title TEXT)").await;
    let before = std::fs::read(&file).expect("readable");
    assert!(sentence(open_file(&file).await).ends_with("is another program's database"));
    assert!(std::fs::read(&file).expect("readable") == before, "the file changed");
}

#[tokio::test]
async fn what_names_no_file_is_refused_in_one_sentence() {
    let (directory, _) = directory();
    assert!(sentence(open_file(directory.path()).await).contains("cannot be opened as a database"));
    for url in ["", "sqlite:", "sqlite://", "mysql://localhost/blog", ":memory:", "sqlite::memory:"] {
        assert!(!sentence(SqliteStore::open(url).await).is_empty(), "{url:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_processes_may_make_the_same_new_file_at_once() {
    let (_directory, file) = directory();
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let file = file.clone();
            tokio::spawn(async move { open_file(&file).await })
        })
        .collect();
    for opened in opening {
        let store = opened.await.expect("no panic").expect("all of them open it");
        store.ping().await.expect("it answers");
        store.close().await;
    }
}

#[tokio::test]
async fn an_empty_file_is_taken_for_a_new_database() {
    let (_directory, file) = directory();
    // What a kill during the first migration leaves: its transaction was never committed.
    std::fs::write(&file, b"").expect("writable");
    let store = open_file(&file).await.expect("nothing stands in the way");
    store.add_site(site("blog")).await.expect("the schema is there");
}

#[tokio::test]
async fn an_open_database_survives_power_loss_after_each_answer() {
    let (_directory, file) = directory();
    let store = open_file(&file).await.expect("a new file can be made");
    store.add_site(site("blog")).await.expect("the slug is free");
    // The crash image: the file and its log as they are, without a close.
    let (_other, image) = directory_copy(&file);
    let found = open_file(&image).await.expect("recovers").find_site("blog").await.expect("readable");
    assert!(found.is_some());
}

fn directory_copy(file: &Path) -> (TempDir, PathBuf) {
    let (other, image) = directory();
    for suffix in ["", "-wal"] {
        let from = PathBuf::from(format!("{}{suffix}", file.display()));
        std::fs::copy(from, format!("{}{suffix}", image.display())).expect("both are there");
    }
    (other, image)
}
