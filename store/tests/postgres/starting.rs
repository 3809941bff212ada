//! Which databases are opened, and by how many at once.

use crate::{database, fresh};
use afterword_store::{DatabaseUrls, NewSite, StoreError, open, open_with};
use afterword_wire::Timestamp;
use sqlx::{Connection, PgConnection};

async fn run(url: &str, sql: &'static str) {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statement runs");
}

fn site(slug: &str) -> NewSite {
    NewSite { slug: slug.to_owned(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_processes_may_start_at_once_on_the_same_new_database() {
    let database = database();
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let url = database.url.clone();
            tokio::spawn(async move { open(&url).await })
        })
        .collect();
    for opened in opening {
        let store = opened.await.expect("no panic").expect("all of them open it");
        store.ping().await.expect("it answers");
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_found_again() {
    let (database, store) = fresh().await;
    store.add_site(site("blog")).await.expect("the slug is free");
    store.close().await;
    let again = open(&database.url).await.expect("it is ours");
    assert!(again.find_site("blog").await.expect("readable").is_some());
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_refused() {
    let (database, store) = fresh().await;
    store.close().await;
    run(&database.url, "UPDATE afterword_schema SET version = 99").await;
    let refused = open(&database.url).await.err().expect("a newer program made it");
    assert!(matches!(refused, StoreError::NewerSchema { found: 99, .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let database = database();
    run(&database.url, "CREATE TABLE comment (title text)").await;
    let refused = open(&database.url).await.err().expect("it is another's");
    assert!(refused.to_string().starts_with("this is another program's database"), "{refused}");
    run(&database.url, "SELECT title FROM comment").await;
}

#[tokio::test]
async fn what_names_no_server_is_refused_in_one_sentence() {
    for url in ["postgres://[", "postgresql://user@host:port/name"] {
        let refused = open(url).await.err().expect("no URL");
        assert!(refused.to_string().starts_with("the database's URL cannot be read"), "{refused}");
    }
    let urls = DatabaseUrls { database: "x.db".to_owned(), listen: Some("postgres://localhost/x".to_owned()), read: None };
    assert!(open_with(urls).await.is_err_and(|refused| refused.to_string().starts_with("only a PostgreSQL database")));
}
