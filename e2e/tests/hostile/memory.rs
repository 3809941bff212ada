//! H7: threads that come and go a thousand times.

use super::mounting::{self, mount_and_end};
use afterword_e2e::{Seed, Story, eventually};
use anyhow::Result;

/// Most bytes that the rounds may leave behind in all, the module's own memory included.
const MAX_GROWTH_BYTES: f64 = 1024.0 * 1024.0;
/// Rounds until everything that is made once is made: compiled code, caches.
const WARM_UP: u32 = 50;
/// In the ordinary run; `AFTERWORD_ROUNDS` says another number.
const ROUNDS: u32 = 200;
/// So many at a time that the driver does not lose patience.
const BATCH: u32 = 50;

#[tokio::test]
pub async fn a_thread_mounted_and_ended_again_and_again_leaves_no_memory_behind() -> Result<()> {
    let rounds = std::env::var("AFTERWORD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    Story::under(mounting::page())
        .with(Seed::thread("/article").with_roots(3))
        .tell(async |stage| {
            mounting::open(&stage.page).await?;
            mount_and_end(&stage.page, WARM_UP).await?;
            let before = stage.page.browser().heap_bytes().await?;
            for _ in 0..rounds / BATCH {
                mount_and_end(&stage.page, BATCH).await?;
            }
            // Each has set a clock that strikes once more, some seconds later.
            eventually("the memory to be given back", async || {
                let growth = stage.page.browser().heap_bytes().await? - before;
                println!("{rounds} rounds left {:.0} kB", growth / 1024.0);
                Ok((growth <= MAX_GROWTH_BYTES).then_some(()))
            })
            .await
        })
        .await
}
