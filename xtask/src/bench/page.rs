//! What a reader waits for, in a real browser with an empty cache.

use crate::bench::median::{ROUNDS, median};
use crate::budget::{self, Measured};
use crate::sample_thread::{self, PAGE_KEY};
use crate::workspace::Workspace;
use afterword_e2e::host_page::HostServer;
use afterword_e2e::server::SITE;
use afterword_e2e::{Browser, Gate, HostPage, Server, ThreadPage, Viewport};
use afterword_wire::address;
use anyhow::Context;
use serde_json::{Value, json};

pub const RECORDER: &str = include_str!("recorder.js");
const COMMENTS: usize = 50;
/// Slow 4G as the browser's own tools name it: a round trip, and bytes a second for 1.6 Mb/s down and 750 kb/s up.
pub const LATENCY_MS: u32 = 150;
pub const DOWN_BYTES_PER_S: u32 = 200_000;
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
    let (painted, live) = delays(&fast).await?;
    measured.extend([budget::FIRST_COMMENT_DELAY.at(painted), budget::LIVE_DELAY.at(live)]);
    fast.into_browser().quit().await?;
    let mut one_host = HostServer::bind().await?;
    let script = address::PAINTED_SCRIPT.replace("{script}", &format!("{SITE}.js"));
    one_host.serve(page.clone().script(format!("{script}?page={PAGE_KEY}")).document(&server.url("")));
    let one = ThreadPage::new(cold_browser().await?, one_host.origin());
    slow_down(one.browser(), true).await?;
    measured.push(budget::FIRST_COMMENT_DELAY_ONE_REQUEST.at(delays(&one).await?.0));
    one.into_browser().quit().await?;
    let early = ThreadPage::new(cold_browser().await?, late_host.origin());
    slow_down(early.browser(), false).await?;
    measured.push(replying_early(&early).await?);
    early.into_browser().quit().await?;
    Ok(measured)
}

/// A browser of the current engine that keeps nothing from one load to the next.
pub async fn cold_browser() -> anyhow::Result<Browser> {
    let browser = Browser::start(Viewport::DESK).await?;
    browser.keep_no_cache().await?;
    Ok(browser)
}

/// Makes it as slow as a phone, on a line as slow as a phone's if wanted.
pub async fn slow_down(browser: &Browser, with_network: bool) -> anyhow::Result<()> {
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

/// From the page's first paint to the first comment, and to the live widget.
pub async fn delays(page: &ThreadPage) -> anyhow::Result<(f64, f64)> {
    let (mut painted, mut live) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        page.open(PAGE_KEY).await?;
        page.wait_live().await?;
        // One and the same here: the article's own text. Gecko has the second only.
        let paint = "return performance.getEntriesByName('first-contentful-paint')[0].startTime";
        let first_paint = number(page, paint).await?;
        painted.push(number(page, "return recorder.painted").await? - first_paint);
        live.push(number(page, "return recorder.live").await? - first_paint);
    }
    Ok((median(painted), median(live)))
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

/// What a script answers, as a number.
pub async fn number(page: &ThreadPage, script: &str) -> anyhow::Result<f64> {
    page.run(script, vec![]).await?.as_f64().with_context(|| format!("`{script}` gave no number"))
}
