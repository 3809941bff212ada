//! F8: the database breaks off, again and again, while comments come.

use super::{ORIGIN, sized};
use afterword_cluster::{Cluster, Durability};
use afterword_e2e::server::SITE;
use afterword_e2e::wire_post::{PAGE, WirePost};
use afterword_e2e::{CutLine, LineState, Server, Stored};
use afterword_wire::address::THREAD;
use anyhow::{Context, Result, ensure};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const POSTERS: u64 = 10;
/// Each poster's share of fifty posts a second.
const POST_EVERY: Duration = Duration::from_millis(200);
const AGAIN_AFTER: Duration = Duration::from_millis(50);
/// What the server promises: a write is tried again for 4 s, and then refused.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);
/// From the moment at which the database is there again.
const HEALTHY_WITHIN: Duration = Duration::from_secs(2);
/// How the line is, and for how long: what a restart is, what a change of the primary is, and what a lost network is.
const TROUBLES: [(LineState, Duration); 3] = [
    (LineState::Cut, Duration::from_millis(20)),
    (LineState::Cut, Duration::from_millis(800)),
    (LineState::Silent, Duration::from_millis(5_300)),
];

/// What posters, who go on until they are told to stop, saw.
#[derive(Default)]
struct Tally {
    next: AtomicU64,
    refused: AtomicU64,
    slowest_ms: AtomicU64,
    is_over: AtomicBool,
}

/// Posts at its pace, and again what was not acknowledged, as the widget does.
async fn post_at_a_pace(port: u16, tally: Arc<Tally>) -> Result<Vec<u64>> {
    let mut pace = tokio::time::interval(POST_EVERY);
    let mut acknowledged = Vec::new();
    while !tally.is_over.load(Ordering::Relaxed) {
        pace.tick().await;
        let number = tally.next.fetch_add(1, Ordering::Relaxed);
        while !attempt(port, number, &tally).await? {
            tokio::time::sleep(AGAIN_AFTER).await;
        }
        acknowledged.push(number);
    }
    Ok(acknowledged)
}

/// Whether it was taken; a refusal must be one that a client understands.
async fn attempt(port: u16, number: u64, tally: &Tally) -> Result<bool> {
    let begun = Instant::now();
    let answer = WirePost::new(ORIGIN, number).exchange(port).await.context("the server itself must stay")?;
    tally.slowest_ms.fetch_max(u64::try_from(begun.elapsed().as_millis())?, Ordering::Relaxed);
    if !answer.is_acknowledged() {
        ensure!(answer.status == 503 && answer.body.contains("\"unavailable\""), "{answer:?} came");
        tally.refused.fetch_add(1, Ordering::Relaxed);
    }
    Ok(answer.is_acknowledged())
}

/// Until a comment was taken and a slice, which was not kept, was read.
async fn until_healthy(server: &Server, tally: &Tally, round: u32) -> Result<Duration> {
    let begun = Instant::now();
    let number = tally.next.fetch_add(1, Ordering::Relaxed);
    while !attempt(server.port(), number, tally).await? {
        tokio::time::sleep(AGAIN_AFTER).await;
    }
    let slice = server.url(&format!("{THREAD}?site={SITE}&page={PAGE}&limit={}", round + 1));
    while reqwest::get(&slice).await?.status() != 200 {
        tokio::time::sleep(AGAIN_AFTER).await;
    }
    Ok(begun.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_breaks_off_again_and_again_loses_and_doubles_nothing() -> Result<()> {
    let cluster = Cluster::start(Durability::None)?;
    let database = cluster.database()?;
    let name = database.url.split(['/', '?']).nth(3).context("the database's name")?;
    let line = CutLine::to(cluster.directory()).await?;
    let mut server = Server::unprepared()?.with_database(line.url(name));
    server.add_site(ORIGIN).await?;
    server.start().await?;
    let tally = Arc::new(Tally::default());
    let mut posters = JoinSet::new();
    for _ in 0..POSTERS {
        posters.spawn(post_at_a_pace(server.port(), tally.clone()));
    }
    let mut slowest_recovery = Duration::ZERO;
    for round in 0..sized(3, 20) {
        let (state, lasts) = TROUBLES[round as usize % TROUBLES.len()];
        tokio::time::sleep(POST_EVERY * 2).await;
        line.set(state);
        tokio::time::sleep(lasts).await;
        line.set(LineState::Whole);
        let healthy = until_healthy(&server, &tally, round).await?;
        println!("{state:?} for {lasts:?}: healthy after {healthy:?}, {} refused so far", tally.refused.load(Ordering::Relaxed));
        slowest_recovery = slowest_recovery.max(healthy);
    }
    tally.is_over.store(true, Ordering::Relaxed);
    let mut acknowledged = Vec::new();
    while let Some(numbers) = posters.join_next().await {
        acknowledged.extend(numbers??);
    }
    let slowest = Duration::from_millis(tally.slowest_ms.load(Ordering::Relaxed));
    let stored = Stored::of(&server).await?;
    println!("{} stored; the slowest answer came after {slowest:?}", stored.count());
    assert_eq!(stored.count() as u64, tally.next.load(Ordering::Relaxed));
    stored.agrees(acknowledged)?;
    assert!(slowest < ANSWERED_WITHIN, "an answer took {slowest:?}");
    assert!(slowest_recovery < HEALTHY_WITHIN, "it was healthy only after {slowest_recovery:?}");
    server.stop().await
}
