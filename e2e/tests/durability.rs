//! What is acknowledged is there, once, whatever dies or is replaced in between (SECURITY F1, E1, E5). No browser: the
//! network and `kill`.

use afterword_e2e::wire_post::WirePost;
use afterword_e2e::{Server, Stored};
use anyhow::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

const ORIGIN: &str = "http://localhost:8787";
const KILLS: u64 = 200;
const WRITERS: u64 = 32;
const CUTS: u64 = 1_000;
const UPGRADES: usize = 3;
const POSTERS: u64 = 20;
/// Each poster's share of a hundred posts a second.
const POST_EVERY: Duration = Duration::from_millis(200);
const POSTS_EACH: u64 = 40;
/// How long the program may take to finish what it has begun.
const DRAINED_WITHIN: Duration = Duration::from_secs(10);

/// A sequence that is the same at every run (Knuth's MMIX multiplier).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Posts one comment after another until the server dies. What was not acknowledged goes back, to be sent again.
async fn write_until_killed(port: u16, unsent: Arc<Mutex<Vec<u64>>>, next: Arc<AtomicU64>, acknowledged: Arc<Mutex<Vec<u64>>>) {
    loop {
        let again = unsent.lock().await.pop();
        let number = again.unwrap_or_else(|| next.fetch_add(1, Ordering::Relaxed));
        match WirePost::new(ORIGIN, number).send(port).await {
            Ok(true) => acknowledged.lock().await.push(number),
            _ => {
                unsent.lock().await.push(number);
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_two_hundred_kills() -> Result<()> {
    let mut server = Server::prepare(ORIGIN).await?;
    let (unsent, acknowledged) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let next = Arc::new(AtomicU64::new(0));
    let mut dice = Dice(1);
    for _ in 0..KILLS {
        server.start().await?;
        let mut writers = JoinSet::new();
        for _ in 0..WRITERS {
            writers.spawn(write_until_killed(server.port(), unsent.clone(), next.clone(), acknowledged.clone()));
        }
        // The one place where time itself is the subject: the blow falls anywhere in a batch.
        tokio::time::sleep(Duration::from_millis(5 + dice.roll(40))).await;
        server.kill().await?;
        writers.join_all().await;
    }
    let stored = Stored::of(&server).await?;
    let acknowledged = acknowledged.lock().await;
    println!("{} comments acknowledged over {KILLS} kills, {} stored", acknowledged.len(), stored.count());
    assert!(acknowledged.len() > 1_000, "only {} were acknowledged: the kills fell too early to tell", acknowledged.len());
    stored.agrees(acknowledged.iter().copied())?;
    Ok(())
}

#[tokio::test]
async fn a_write_cut_off_at_any_byte_and_sent_again_is_there_once() -> Result<()> {
    let mut server = Server::prepare(ORIGIN).await?;
    server.start().await?;
    let mut dice = Dice(2);
    let mut sent_whole = 0;
    for number in 0..CUTS {
        let post = WirePost::new(ORIGIN, number);
        let whole = u64::try_from(post.bytes.len())?;
        // One in four arrives whole, and only the answer is lost.
        let count = usize::try_from(dice.roll(whole + whole / 3))?;
        sent_whole += u32::from(count >= post.bytes.len());
        post.send_part(server.port(), count).await?;
        assert!(post.send(server.port()).await?, "the second attempt of number {number} was not acknowledged");
    }
    assert!(sent_whole > 100, "only {sent_whole} lost their answer");
    let stored = Stored::of(&server).await?;
    assert_eq!(stored.count(), usize::try_from(CUTS)?);
    stored.agrees(0..CUTS)?;
    Ok(())
}

/// Posts at its pace, and again what was not acknowledged, as the widget does.
async fn post_at_a_pace(port: u16, first: u64) -> u64 {
    let mut pace = tokio::time::interval(POST_EVERY);
    let mut repeated = 0;
    for number in first..first + POSTS_EACH {
        pace.tick().await;
        while !WirePost::new(ORIGIN, number).send(port).await.unwrap_or_default() {
            repeated += 1;
            tokio::time::sleep(POST_EVERY / 4).await;
        }
    }
    repeated
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_replaced_under_a_hundred_posts_a_second_is_drained_and_no_post_is_lost() -> Result<()> {
    let mut server = Server::prepare(ORIGIN).await?;
    server.start().await?;
    let mut posters = JoinSet::new();
    for poster in 0..POSTERS {
        posters.spawn(post_at_a_pace(server.port(), poster * POSTS_EACH));
    }
    for _ in 0..UPGRADES {
        tokio::time::sleep(POST_EVERY * 5).await;
        let begun = Instant::now();
        server.stop().await?;
        assert!(begun.elapsed() < DRAINED_WITHIN, "it took {:?} to stop", begun.elapsed());
        server.start().await?;
    }
    let repeated: u64 = posters.join_all().await.into_iter().sum();
    let stored = Stored::of(&server).await?;
    println!("{} comments over {UPGRADES} upgrades, {repeated} attempts repeated", stored.count());
    assert_eq!(stored.count() as u64, POSTERS * POSTS_EACH);
    stored.agrees(0..POSTERS * POSTS_EACH)?;
    Ok(())
}
