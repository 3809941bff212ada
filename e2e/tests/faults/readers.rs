//! L7: many post, and many more follow.

use super::{ORIGIN, sized};
use afterword_e2e::wire_post::{WirePost, body_of};
use afterword_e2e::{LiveReader, Server, Stored, open_files};
use anyhow::{Context, Result, ensure};
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const POSTERS: u64 = 40;
/// Each poster's share of two hundred posts a second.
const POST_EVERY: Duration = Duration::from_millis(200);
/// Readers of one page: two hundred posts a second on a single page of thousands of readers would be a million events a second.
const READERS_EACH: usize = 100;
/// Connected at the same time: the system's queue holds so many.
const AT_ONCE: usize = 100;
/// Open files besides the readers'.
const FILES_BESIDES: usize = 500;
const PATIENCE: Duration = Duration::from_secs(30);
/// In the short run other stories take place beside this one.
fn lag_p99() -> Duration {
    Duration::from_secs(sized(3, 1))
}

/// When each post was sent, by its number.
type Sent = Arc<Vec<OnceLock<Instant>>>;

fn page_of(number: u64, pages: usize) -> String {
    format!("/live-{}", number % pages as u64)
}

/// Reads until every post of the page was heard of, and returns how late each was and how often the stream broke off.
async fn hear(mut reader: LiveReader, numbers: Vec<u64>, sent: Sent) -> Result<(Vec<Duration>, u32)> {
    let mut lags = Vec::with_capacity(numbers.len());
    let mut missing: std::collections::BTreeSet<u64> = numbers.into_iter().collect();
    while !missing.is_empty() {
        let event = tokio::time::timeout(PATIENCE, reader.next()).await;
        let event = event.with_context(|| format!("never heard of {missing:?}"))??;
        ensure!(event.contains("\nevent: comment-created\n"), "another event was expected: {event}");
        let (_, rest) = event.split_once("comment number ").context("a comment of ours")?;
        let number = rest.split(',').next().unwrap_or_default().parse()?;
        ensure!(event.contains(&body_of(number)) && missing.remove(&number), "number {number} came twice, or to another page");
        let sent = sent.get(usize::try_from(number)?).and_then(OnceLock::get).context("heard of before it was sent")?;
        lags.push(sent.elapsed());
    }
    Ok((lags, reader.breaks))
}

/// Posts at its pace; what is refused is posted again.
async fn post(port: u16, poster: u64, each: u64, pages: usize, sent: Sent) -> Result<()> {
    // One after the other: the server takes ten at once from one address.
    let offset = POST_EVERY * u32::try_from(poster)? / u32::try_from(POSTERS)?;
    let mut pace = tokio::time::interval_at(tokio::time::Instant::now() + offset, POST_EVERY);
    for number in poster * each..(poster + 1) * each {
        pace.tick().await;
        let _ = sent[usize::try_from(number)?].set(Instant::now());
        while !WirePost::under(&page_of(number, pages), ORIGIN, number).send(port).await.unwrap_or_default() {
            tokio::time::sleep(POST_EVERY / 4).await;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_posts_a_second_reach_every_reader_once_and_within_a_second() -> Result<()> {
    let (readers, each) = sized((200, 15), (5_000, 100));
    let (pages, posts) = (readers / READERS_EACH, POSTERS * each);
    open_files::raise(readers + FILES_BESIDES)?;
    let mut server = Server::prepare(ORIGIN).await?.with_options(&["--trusted-proxy", "127.0.0.1"]);
    server.start().await?;
    let sent: Sent = Arc::new((0..posts).map(|_| OnceLock::new()).collect());
    let (mut hearing, all_there) = (JoinSet::new(), Arc::new(Barrier::new(AT_ONCE + 1)));
    for first in (0..readers).step_by(AT_ONCE) {
        for reader in first..first + AT_ONCE {
            let (port, sent, all_there) = (server.port(), sent.clone(), all_there.clone());
            hearing.spawn(async move {
                let page = page_of(reader as u64, pages);
                let stream = LiveReader::follow(port, &page, reader).await;
                all_there.wait().await;
                let numbers = (0..posts).filter(|number| page_of(*number, pages) == page).collect();
                hear(stream?, numbers, sent).await
            });
        }
        all_there.wait().await;
    }
    let begun = Instant::now();
    let mut posters = JoinSet::new();
    for poster in 0..POSTERS {
        posters.spawn(post(server.port(), poster, each, pages, sent.clone()));
    }
    while let Some(done) = posters.join_next().await {
        done??;
    }
    let pace = posts as f64 / begun.elapsed().as_secs_f64();
    let (mut lags, mut breaks) = (Vec::new(), 0);
    while let Some(heard) = hearing.join_next().await {
        let (late, broken) = heard??;
        lags.extend(late);
        breaks += broken;
    }
    lags.sort();
    let (p50, p99, last) = (lags[lags.len() / 2], lags[lags.len() * 99 / 100], lags[lags.len() - 1]);
    println!(
        "{posts} posts at {pace:.0} a second, {readers} readers of {pages} pages: lag p50 {p50:?}, p99 {p99:?}, last {last:?}; {breaks} streams broke off"
    );
    let stored = Stored::of(&server).await?;
    assert_eq!(stored.count() as u64, posts);
    stored.agrees(0..posts)?;
    assert!(p99 <= lag_p99(), "p99 is {p99:?}");
    server.stop().await
}
