//! How many comments a second one thread takes: 64 writers at once, beside one whose every comment is a commit of its own, in
//! one process, and on PostgreSQL in two; all on the disk of the directory for temporary files.
//!
//! `cargo run --release --package afterword-store --example posting`; with the URL of a database, and for a pooler a second one to
//! listen at, it measures that one.

use afterword_cluster::{Cluster, Durability};
use afterword_store::{
    CommentStore, DatabaseUrls, InsertComment, NewSite, Site, TokenHash, WriteRequest, is_postgres, open_with,
};
use afterword_wire::{AuthorId, ChangeId, CommentId, RequestId, Timestamp};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const AT_ONCE: u64 = 64;
const ROUND: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    if let Some(database) = arguments.next() {
        let urls = DatabaseUrls { database, listen: arguments.next(), read: None };
        return measure("the database given", urls).await;
    }
    let cluster = Cluster::start(Durability::Full)?;
    let database = cluster.database()?;
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("afterword.db").display().to_string();
    for (name, url) in [("SQLite", file), ("PostgreSQL", database.url.clone())] {
        measure(name, DatabaseUrls { database: url, listen: None, read: None }).await?;
    }
    Ok(())
}

async fn measure(name: &str, urls: DatabaseUrls) -> Result<(), Box<dyn Error>> {
    let (first, second) = (open_with(urls.clone()).await?, open_with(urls.clone()).await?);
    let slug = format!("posting-{}", std::process::id());
    let site = NewSite { slug, origins: vec![], edit_window_s: 900, created_at: Timestamp(0) };
    let site = first.add_site(site).await?;
    let root = first.insert_comment(comment(&site, None)).await?.written.comment.id;
    for _ in 0..ROUNDS {
        for (shape, parent) in [("roots", None), ("replies to one root", Some(root))] {
            let alone = rate(std::slice::from_ref(&first), &site, parent, 1).await;
            let together = rate(std::slice::from_ref(&first), &site, parent, AT_ONCE).await;
            println!(
                "{name}, {shape}: one after the other {alone:.0}/s; {AT_ONCE} at once {together:.0}/s, {:.1} times as many",
                together / alone
            );
            // Two processes on one file shut each other out for longer than a write waits.
            if is_postgres(&urls.database) {
                let of_two = rate(&[first.clone(), second.clone()], &site, parent, AT_ONCE).await;
                println!("{name}, {shape}: {AT_ONCE} at once from two processes {of_two:.0}/s");
            }
        }
    }
    first.close().await;
    second.close().await;
    Ok(())
}

/// Comments a second, by that many writers spread over processes.
async fn rate(processes: &[Arc<dyn CommentStore>], site: &Site, parent: Option<CommentId>, writers: u64) -> f64 {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for writer in 0..writers {
        let store = processes[writer as usize % processes.len()].clone();
        let site = site.clone();
        tasks.spawn(async move {
            let mut count = 0;
            while begun.elapsed() < ROUND {
                store.insert_comment(comment(&site, parent)).await.expect("nothing stands against it");
                count += 1;
            }
            count
        });
    }
    let counts: Vec<u32> = tasks.join_all().await;
    f64::from(counts.iter().sum::<u32>()) / begun.elapsed().as_secs_f64()
}

fn comment(site: &Site, parent_id: Option<CommentId>) -> InsertComment {
    static NEXT: AtomicU64 = AtomicU64::new(1 << 40);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let device = (number % 1000) as u8;
    let said = "A comment of ordinary length, as people write them under articles when they agree with every word.";
    InsertComment {
        site: site.clone(),
        page_key: "/pears".to_owned(),
        page_url: None,
        page_title: None,
        new_comment_id: CommentId(number),
        new_author_id: AuthorId(number),
        new_change_id: ChangeId(number),
        parent_id,
        token_hash: TokenHash([device; 32]),
        author_name: "Mara".to_owned(),
        author_email: None,
        author_website: None,
        body_markdown: said.to_owned(),
        body_html: format!("<p>{said}</p>"),
        renderer_version: 1,
        now: Timestamp(1_790_000_000_000),
        request: WriteRequest { id: RequestId::from_parts(number, [7; 16]), fingerprint: [3; 32] },
    }
}
