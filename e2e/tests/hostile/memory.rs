//! H7: threads that come and go a thousand times.

use super::mounting::{self, mount_and_end};
use afterword_e2e::{Browser, Seed, Story, eventually};
use anyhow::{Context, Result};
use serde_json::json;

/// Most bytes that the rounds may leave behind in all, the module's own memory included.
const MAX_GROWTH_BYTES: f64 = 1024.0 * 1024.0;
/// Rounds until everything that is made once is made: compiled code, caches.
const WARM_UP: u32 = 50;
/// In the ordinary run; `AFTERWORD_ROUNDS` says another number.
const ROUNDS: u32 = 200;
/// So many at a time that the driver does not lose patience.
const BATCH: u32 = 50;

async fn heap_bytes(browser: &Browser) -> Result<f64> {
    // Twice: what the first finds dead may have held on to more.
    for _ in 0..2 {
        browser.command("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let usage = browser.command("Runtime.getHeapUsage", json!({})).await?;
    let bytes = |name: &str| usage[name].as_f64();
    let used = bytes("usedSize").context("no heap usage")?;
    Ok(used + bytes("embedderHeapUsedSize").unwrap_or_default() + bytes("backingStorageSize").unwrap_or_default())
}

#[tokio::test]
pub async fn a_thread_mounted_and_ended_again_and_again_leaves_no_memory_behind() -> Result<()> {
    let rounds = std::env::var("AFTERWORD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    Story::under(mounting::page())
        .with(Seed::thread("/article").with_roots(3))
        .tell(async |stage| {
            mounting::open(&stage.page).await?;
            mount_and_end(&stage.page, WARM_UP).await?;
            let before = heap_bytes(stage.page.browser()).await?;
            for _ in 0..rounds / BATCH {
                mount_and_end(&stage.page, BATCH).await?;
            }
            // Each has set a clock that strikes once more, some seconds later.
            eventually("the memory to be given back", async || {
                let growth = heap_bytes(stage.page.browser()).await? - before;
                println!("{rounds} rounds left {:.0} kB", growth / 1024.0);
                Ok((growth <= MAX_GROWTH_BYTES).then_some(()))
            })
            .await
        })
        .await
}
