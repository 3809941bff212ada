//! What a reader waits for, in a real browser with an empty cache.

use crate::bench::median::{ROUNDS, median};
use crate::budget::{self, Measured};
use crate::sample_thread::{self, PAGE_KEY};
use crate::workspace::Workspace;
use afterword_e2e::host_page::HostServer;
use afterword_e2e::{Browser, Gate, HostPage, Server, ThreadPage, Viewport};
use anyhow::Context;
use serde_json::{Value, json};

const RECORDER: &str = include_str!("recorder.js");
const COMMENTS: usize = 50;
/// Slow 4G as the browser's own tools name it: a round trip, and bytes a second for 1.6 Mb/s down and 750 kb/s up.
const LATENCY_MS: u32 = 150;
const DOWN_BYTES_PER_S: u32 = 200_000;
const UP_BYTES_PER_S: u32 = 93_750;
const SLOW_CPU: f64 = 4.0;
/// Counts what had come from the server by the time the first comment showed.
const FETCHED_BEFORE_PAINT: &str = "
    const come = performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd && responseEnd < recorder.painted);
    return come.filter(({ name }) => /^http/.test(name) && new URL(name).origin !== location.origin).length";

/// Everything that only a browser can tell, each the middle of several rounds.
///
/// # Errors
/// The browser or the server does not start or answer.
pub async fn measure(workspace: &Workspace) -> anyhow::Result<Vec<Measured>> {
    let records = sample_thread::records(workspace, COMMENTS)?;
    let mut host = HostServer::bind().await?;
    let mut server = Server::prepare(&host.origin()).await?;
    server.import(records.as_jsonl()).await?;
    server.start().await?;
    // Passes everything on; only the round that clicks early holds the module back.
    let late = Gate::before(server.url(""), ".wasm").await?;
    let page = HostPage::short().footer().head(&format!("<script>{RECORDER}</script>"));
    host.serve(page.document(&server.url("")));
    let mut late_host = HostServer::bind().await?;
    late_host.serve(page.document(&late.url("")));

    let mut measured = Vec::new();
    let fast = ThreadPage::new(cold_browser().await?, host.origin());
    measured.extend(loading(&fast).await?);
    slow_down(fast.browser(), true).await?;
    measured.extend(loading_slowly(&fast).await?);
    fast.into_browser().quit().await?;
    let early = ThreadPage::new(cold_browser().await?, late_host.origin());
    slow_down(early.browser(), false).await?;
    measured.push(replying_early(&early).await?);
    early.into_browser().quit().await?;
    Ok(measured)
}

async fn cold_browser() -> anyhow::Result<Browser> {
    let browser = Browser::start(Viewport::DESK).await?;
    command(&browser, "Network.enable", json!({})).await?;
    command(&browser, "Network.setCacheDisabled", json!({"cacheDisabled": true})).await?;
    Ok(browser)
}

async fn slow_down(browser: &Browser, with_network: bool) -> anyhow::Result<()> {
    command(browser, "Emulation.setCPUThrottlingRate", json!({"rate": SLOW_CPU})).await?;
    if with_network {
        let conditions = json!({
            "offline": false, "latency": LATENCY_MS,
            "downloadThroughput": DOWN_BYTES_PER_S, "uploadThroughput": UP_BYTES_PER_S,
        });
        command(browser, "Network.emulateNetworkConditions", conditions).await?;
    }
    Ok(())
}

async fn command(browser: &Browser, method: &str, parameters: Value) -> anyhow::Result<()> {
    browser.driver().cdp().send_raw(method, parameters).await?;
    Ok(())
}

async fn loading(page: &ThreadPage) -> anyhow::Result<Vec<Measured>> {
    let (mut shifts, mut longest, mut elements, mut requests) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        page.open(PAGE_KEY).await?;
        page.wait_live().await?;
        shifts.push(number(page, "return witness.shift").await?);
        longest.push(number(page, "return recorder.longest").await?);
        requests.push(number(page, FETCHED_BEFORE_PAINT).await?);
        elements.push(number(page, "return root.querySelectorAll('*').length").await?);
    }
    Ok(vec![
        budget::REQUESTS_SEEN.at(median(requests)),
        budget::LAYOUT_SHIFT.at(median(shifts)),
        budget::DOM_ELEMENTS.at(median(elements)),
        budget::LONGEST_TASK.at(median(longest)),
    ])
}

async fn loading_slowly(page: &ThreadPage) -> anyhow::Result<Vec<Measured>> {
    let (mut painted, mut live) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        page.open(PAGE_KEY).await?;
        page.wait_live().await?;
        let first_paint = number(page, "return performance.getEntriesByName('first-paint')[0].startTime").await?;
        painted.push(number(page, "return recorder.painted").await? - first_paint);
        live.push(number(page, "return recorder.live").await? - first_paint);
    }
    Ok(vec![budget::FIRST_COMMENT_DELAY.at(median(painted)), budget::LIVE_DELAY.at(median(live))])
}

async fn replying_early(page: &ThreadPage) -> anyhow::Result<Measured> {
    let mut delays = Vec::new();
    for _ in 0..ROUNDS {
        page.open(PAGE_KEY).await?;
        page.wait_painted().await?;
        page.click("[data-act=reply]").await?;
        page.wait_until("the reply form to be focused", "return recorder.focused > 0").await?;
        delays.push(number(page, "return recorder.focused - recorder.clicked").await?);
    }
    Ok(budget::REPLY_FOCUS.at(median(delays)))
}

async fn number(page: &ThreadPage, script: &str) -> anyhow::Result<f64> {
    page.run(script, vec![]).await?.as_f64().with_context(|| format!("`{script}` gave no number"))
}
