//! F5: the disk is full, and then there is room again.

use super::small_disk::SmallDisk;
use super::{ORIGIN, say, sized};
use afterword_e2e::server::SITE;
use afterword_e2e::wire_post::{PAGE, WireAnswer, WirePost};
use afterword_e2e::{Server, Stored, eventually};
use afterword_wire::address::THREAD;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const DISK_BYTES: u64 = 24 << 20;
/// What is left free when the posting begins.
const ROOM_BYTES: u64 = 256 << 10;
const POSTERS: u64 = 8;
/// Attempts of each poster once the disk is full.
const REFUSED_EACH: u32 = 20;
/// How soon a refusal comes, or as soon as an acknowledgement, where the machine is busy with something else.
const REFUSED_WITHIN: Duration = Duration::from_millis(100);
const RECOVERED_WITHIN: Duration = Duration::from_secs(1);

/// What one poster saw.
#[derive(Default)]
struct Seen {
    acknowledged: Vec<u64>,
    refused: Vec<u64>,
    taken_after: Vec<Duration>,
    refused_after: Vec<Duration>,
}

/// Posts until the disk is full, and some times after that.
async fn post_until_full(port: u16, first: u64) -> Result<Seen> {
    let mut seen = Seen::default();
    for number in (first..).step_by(POSTERS as usize) {
        let begun = Instant::now();
        let answer = WirePost::new(ORIGIN, number).exchange(port).await?;
        if answer.is_acknowledged() {
            seen.taken_after.push(begun.elapsed());
            seen.acknowledged.push(number);
            continue;
        }
        seen.refused_after.push(begun.elapsed());
        check_refusal(&answer)?;
        seen.refused.push(number);
        if seen.refused.len() >= REFUSED_EACH as usize {
            break;
        }
    }
    Ok(seen)
}

fn check_refusal(answer: &WireAnswer) -> Result<()> {
    let is_known = matches!(answer.status, 507 if answer.body.contains("\"storage_full\""))
        || matches!(answer.status, 503 if answer.body.contains("\"unavailable\""));
    ensure!(is_known, "a refusal with a code was expected; {answer:?} came");
    Ok(())
}

/// Reads slices, none of which is kept ready, and returns the longest time it took.
async fn read_for_a_while(server: &Server) -> Result<Duration> {
    let mut longest = Duration::ZERO;
    for limit in 1..=50 {
        let begun = Instant::now();
        let answer = reqwest::get(server.url(&format!("{THREAD}?site={SITE}&page={PAGE}&limit={limit}"))).await?;
        ensure!(answer.status() == 200, "a read was refused: {}", answer.status());
        answer.bytes().await?;
        longest = longest.max(begun.elapsed());
    }
    Ok(longest)
}

async fn fill(server: &Server, first: u64) -> Result<Seen> {
    let mut posters = JoinSet::new();
    for poster in 0..POSTERS {
        posters.spawn(post_until_full(server.port(), first + poster));
    }
    let mut all = Seen::default();
    while let Some(seen) = posters.join_next().await {
        let seen = seen??;
        all.acknowledged.extend(seen.acknowledged);
        all.refused.extend(seen.refused);
        all.taken_after.extend(seen.taken_after);
        all.refused_after.extend(seen.refused_after);
    }
    Ok(all)
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort();
    durations.get(durations.len() / 2).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_taken_that_is_not_kept_and_reading_goes_on() -> Result<()> {
    let Some(disk) = SmallDisk::mount(DISK_BYTES)? else {
        say("SKIPPED: a small disk can be mounted only by the machine's administrator");
        return Ok(());
    };
    let mut server = Server::unprepared()?.with_database(disk.path().join("afterword.db").display().to_string());
    server.add_site(ORIGIN).await?;
    server.start().await?;
    let (mut acknowledged, mut next) = (Vec::new(), 0);
    for _ in 0..sized(2, 20) {
        disk.leave(ROOM_BYTES)?;
        let seen = fill(&server, next).await?;
        let slowest_read = read_for_a_while(&server).await?;
        acknowledged.extend(&seen.acknowledged);
        let stored = Stored::of(&server).await?;
        stored.agrees(acknowledged.iter().copied())?;
        assert_eq!(stored.count(), acknowledged.len(), "something is there that was refused");

        disk.make_room()?;
        let begun = Instant::now();
        let mut full = 0;
        for number in &seen.refused {
            let post = WirePost::new(ORIGIN, *number);
            eventually("a post to be taken again", async || {
                let answer = post.exchange(server.port()).await?;
                full += u32::from(!answer.is_acknowledged());
                Ok(answer.is_acknowledged().then_some(()))
            })
            .await?;
            assert!(full == 0 || begun.elapsed() < RECOVERED_WITHIN, "still full after {:?}", begun.elapsed());
            acknowledged.push(*number);
        }
        let (count, refused) = (seen.acknowledged.len(), seen.refused.len());
        let (taken_after, refused_after) = (median(seen.taken_after), median(seen.refused_after));
        println!(
            "{count} taken, the median after {taken_after:?}; {refused} refused after {refused_after:?}; reads within {slowest_read:?}"
        );
        assert!(refused_after < REFUSED_WITHIN.max(taken_after * 2), "refusals took {refused_after:?}");
        next = acknowledged.iter().max().copied().unwrap_or_default() + 1;
    }
    Stored::of(&server).await?.agrees(acknowledged)?;
    server.stop().await
}
