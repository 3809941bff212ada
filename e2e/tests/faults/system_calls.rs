//! F2 and F4: the program dies in the midst of any system call that writes to the database, and the disk fails.

use super::{ORIGIN, say, sized};
use afterword_e2e::server::SITE;
use afterword_e2e::strace::{InjectedFault, is_there};
use afterword_e2e::wire_post::{PAGE, WirePost};
use afterword_e2e::{Server, Stored, eventually};
use afterword_wire::address::{COUNTS, THREAD};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

const CALLS: [&str; 3] = ["pwrite64", "fsync", "fcntl"];
/// Posts within which a call that comes at all comes so often.
const MOST_POSTS: u64 = 120;
const EIO_POSTS: u64 = 20;
const REFUSED_WITHIN: Duration = Duration::from_secs(1);

fn is_ready() -> bool {
    if !is_there() {
        say("SKIPPED: `strace` is not there (on Debian: apt-get install strace)");
    }
    is_there()
}

/// Posts one after the other until the server dies; what was not acknowledged is posted first the next time.
async fn post_until_dead(port: u16, next: &mut u64, acknowledged: &mut Vec<u64>) -> bool {
    for _ in 0..MOST_POSTS {
        match WirePost::new(ORIGIN, *next).exchange(port).await {
            Ok(answer) if answer.is_acknowledged() => acknowledged.push(*next),
            _ => return true,
        }
        *next += 1;
    }
    false
}

/// How many comments the page is said to have.
async fn counted(server: &Server) -> Result<u64> {
    let counts: serde_json::Value = reqwest::get(server.url(&format!("{COUNTS}?site={SITE}&page={PAGE}"))).await?.json().await?;
    counts["counts"][0]["comment_count"].as_u64().with_context(|| format!("a count was expected: {counts}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_the_nth_system_call_it_leaves_whole_comments_only() -> Result<()> {
    if !is_ready() {
        return Ok(());
    }
    let mut server = Server::prepare(ORIGIN).await?;
    let (mut next, mut acknowledged, mut deaths) = (0, Vec::new(), 0);
    for point in 0..sized(9, 300) {
        server.start().await?;
        let (call, nth) = (CALLS[point % CALLS.len()], 1 + point / CALLS.len() * sized(15, 1));
        let id = server.process_id().context("it runs")?;
        let fault = InjectedFault::into_process(id, &format!("{call}:signal=KILL:when={nth}")).await?;
        deaths += u32::from(post_until_dead(server.port(), &mut next, &mut acknowledged).await);
        drop(fault);
        server.kill().await?;
    }
    server.start().await?;
    let stored = Stored::of(&server).await?;
    println!("{deaths} deaths, {} acknowledged, {} stored", acknowledged.len(), stored.count());
    assert!(deaths >= sized(6, 150), "only {deaths} points were reached");
    stored.agrees(acknowledged)?;
    assert_eq!(counted(&server).await?, stored.count() as u64, "a counter disagrees");
    server.stop().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_disk_fails_nothing_is_taken_that_is_not_kept_and_reading_goes_on() -> Result<()> {
    if !is_ready() {
        return Ok(());
    }
    let mut server = Server::prepare(ORIGIN).await?;
    server.start().await?;
    let id = server.process_id().context("it runs")?;
    let (mut next, mut acknowledged) = (0, Vec::new());
    for call in ["pwrite64", "fsync"] {
        assert!(WirePost::new(ORIGIN, next).send(server.port()).await?, "{call}: nothing is wrong yet");
        acknowledged.push(next);
        next += 1;
        let fault = InjectedFault::into_process(id, &format!("{call}:error=EIO")).await?;
        for limit in 1..=EIO_POSTS {
            let begun = Instant::now();
            let answer = WirePost::new(ORIGIN, next).exchange(server.port()).await?;
            assert!(answer.status == 503 && answer.body.contains("\"unavailable\""), "{call}: {answer:?}");
            assert!(begun.elapsed() < REFUSED_WITHIN, "{call}: refused after {:?}", begun.elapsed());
            let slice = server.url(&format!("{THREAD}?site={SITE}&page={PAGE}&limit={limit}"));
            assert_eq!(reqwest::get(slice).await?.status(), 200, "{call}: a read was refused");
        }
        fault.end().await?;
        eventually("a post to be taken again", async || {
            Ok(WirePost::new(ORIGIN, next).exchange(server.port()).await?.is_acknowledged().then_some(()))
        })
        .await?;
        acknowledged.push(next);
        next += 1;
    }
    let stored = Stored::of(&server).await?;
    assert_eq!(stored.count(), acknowledged.len());
    stored.agrees(acknowledged)?;
    server.stop().await
}
