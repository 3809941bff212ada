//! L8: some minutes of everything at once, after which nothing has grown that should not.

use super::{ORIGIN, say, sized};
use afterword_e2e::server::SITE;
use afterword_e2e::wire_post::WirePost;
use afterword_e2e::{LiveReader, Server, Stored};
use afterword_wire::address::{SEARCH, THREAD};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Caches of answers and of the database's pages are full after some five thousand turns.
const WARM_UP: Duration = Duration::from_secs(180);
const SOAK: Duration = Duration::from_secs(240);
const TURN_EVERY: Duration = Duration::from_millis(20);
const PAGES: u64 = 20;
/// Turns for which a reader stays.
const READERS: usize = 50;
const DRIFT: f64 = 0.05;
/// SQLite folds it into the file every four megabytes; readers may hold that up for a while.
const WAL_BYTES: u64 = 16 << 20;

/// One comment, one slice, one search, and one reader who stays for a while.
async fn turn(server: &Server, number: u64, readers: &mut Vec<LiveReader>) -> Result<()> {
    let page = format!("/soak-{}", number % PAGES);
    assert!(WirePost::under(&page, ORIGIN, number).send(server.port()).await?, "number {number} was not taken");
    for address in [format!("{THREAD}?site={SITE}&page={page}"), format!("{SEARCH}?site={SITE}&page={page}&q=number{number}")] {
        reqwest::get(server.url(&address)).await?.error_for_status()?.bytes().await?;
    }
    if readers.len() == READERS {
        readers.remove(0);
    }
    readers.push(LiveReader::follow(server.port(), &page, usize::try_from(number)? % 10_000).await?);
    Ok(())
}

fn resident_kb(process_id: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process_id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no line for its memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// What grows within a file's neighbour while nobody folds it in.
async fn longest_wal(file: PathBuf) -> u64 {
    let begun = Instant::now();
    let mut longest = 0;
    while begun.elapsed() < WARM_UP + SOAK {
        longest = longest.max(std::fs::metadata(&file).map_or(0, |file| file.len()));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    longest
}

fn mean(samples: &[f64]) -> f64 {
    samples.iter().sum::<f64>() / samples.len() as f64
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn minutes_of_everything_at_once_leave_memory_and_log_as_they_were() -> Result<()> {
    if !sized(false, true) {
        say("SKIPPED: the soak is part of the long run only");
        return Ok(());
    }
    let mut server = Server::prepare(ORIGIN).await?.with_options(&["--trusted-proxy", "127.0.0.1", "--answer-memory", "4"]);
    server.start().await?;
    let id = server.process_id().context("it runs")?;
    let mut watching = JoinSet::new();
    watching.spawn(longest_wal(format!("{}-wal", server.database()).into()));
    let (mut readers, mut samples, mut number) = (Vec::new(), Vec::new(), 0);
    let mut pace = tokio::time::interval(TURN_EVERY);
    let begun = Instant::now();
    while begun.elapsed() < WARM_UP + SOAK {
        pace.tick().await;
        turn(&server, number, &mut readers).await?;
        number += 1;
        if begun.elapsed() > WARM_UP {
            samples.push(resident_kb(id)?);
        }
    }
    let third = samples.len() / 3;
    let (early, late) = (mean(&samples[..third]), mean(&samples[samples.len() - third..]));
    let wal = watching.join_next().await.context("it watches")??;
    println!("{number} turns: {early:.0} kB at first, {late:.0} kB in the end; the log had at most {wal} bytes");
    Stored::of(&server).await?.agrees(0..number)?;
    assert!(late < early * (1.0 + DRIFT), "memory grew from {early:.0} kB to {late:.0} kB");
    assert!(wal < WAL_BYTES, "the write-ahead log grew to {wal} bytes");
    server.stop().await
}
