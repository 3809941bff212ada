//! A server whose commits wait for a replica.

use crate::contract::scene::{MARA, Scene};
use afterword_cluster::{Cluster, Durability};
use afterword_store::{StoreError, open};
use sqlx::{Connection, PgConnection};
use std::time::Duration;
use tokio::time::timeout;

async fn run(url: &str, sql: &'static str) {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statement runs");
}

/// Whether a commit that writes is over within a moment.
async fn commits(url: &str) -> bool {
    timeout(Duration::from_millis(500), run(url, "INSERT INTO probe DEFAULT VALUES")).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_write_is_acknowledged_only_once_a_replica_has_it() {
    // Of its own, since the setting is the whole server's.
    let cluster = Cluster::start(Durability::None).expect("a PostgreSQL server for the tests");
    let database = cluster.database().expect("a database");
    let store = open(&database.url).await.expect("a new database can be prepared");
    let scene = Scene::new(&*store).await;
    let write = scene.comment(MARA, None);
    store.insert_comment(write.clone()).await.expect("nothing stands against it");
    run(&database.url, "CREATE TABLE probe ()").await;
    // What was written before is as after a crash of a server whose commit had not yet reached the replica that it waits for.
    run(&database.url, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'").await;
    run(&database.url, "SELECT pg_reload_conf()").await;
    while commits(&database.url).await {}
    let repeated = store.insert_comment(write.clone()).await;
    // Asked before anything can fail: the database cannot be dropped while commits wait.
    run(&database.url, "ALTER SYSTEM RESET synchronous_standby_names").await;
    run(&database.url, "SELECT pg_reload_conf()").await;
    while !commits(&database.url).await {}
    assert!(matches!(repeated, Err(StoreError::Unavailable(_))), "no replica has it: {repeated:?}");
    store.insert_comment(write).await.expect("it is found");
    store.close().await;
}
