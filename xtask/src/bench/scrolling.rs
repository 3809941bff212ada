//! What a long thread costs a reader: before they scroll, while they do, and after.

use crate::bench::median::{ROUNDS, median};
use crate::bench::page::{RECORDER, cold_browser, number};
use crate::budget::{self, Measured};
use afterword_e2e::host_page::HostServer;
use afterword_e2e::{HostPage, Server, ThreadPage};
use anyhow::ensure;

const FEW: u32 = 50;
const MANY: u32 = 10_000;
/// Half of them answer the first.
const WITH_BRANCH: u32 = 4_000;
const BRANCH: u64 = 2_000;

const BYTES: &str = "
    const { name } = performance.getEntriesByType('resource').find(({ name }) => name.includes('thread.html'));
    return (async () => (await (await fetch(name)).arrayBuffer()).byteLength)()";
const ELEMENTS: &str = "return root.querySelectorAll('*').length";
/// From a press on the button of the first comment's branch to the frame after.
const FOLD: &str = "
    return (async () => {
      root.querySelector('[data-act=collapse]').click();
      for (let frames = 0; frames < 30; frames++) await new Promise(requestAnimationFrame);
    })()";

/// Everything of a thread of ten thousand comments, and of one with a branch of two thousand.
///
/// # Errors
/// The browser or the server does not start or answer.
pub async fn measure() -> anyhow::Result<Vec<Measured>> {
    let mut host = HostServer::bind().await?;
    let mut server = Server::prepare(&host.origin()).await?;
    server.synth("/few", "real", FEW).await?;
    server.synth("/many", "real", MANY).await?;
    server.synth("/branch", "hot", WITH_BRANCH).await?;
    server.start().await?;
    let page = HostPage::short().footer().head(&format!("<script>{RECORDER}</script>"));
    host.serve(page.document(&server.url("")));
    let page = ThreadPage::new(cold_browser().await?, host.origin());
    let (few, many) = (loading(&page, "/few").await?, loading(&page, "/many").await?);
    let mut measured: Vec<Measured> = budget::LONG_RATIOS
        .into_iter()
        .zip(few.into_iter().zip(many))
        .map(|(budget, (few, many))| budget.at(many / few))
        .collect();
    measured.extend(scrolling(&page).await?);
    measured.push(opening(&page).await?);
    page.into_browser().quit().await?;
    Ok(measured)
}

/// First comment, bytes, elements, heap.
async fn loading(page: &ThreadPage, path: &str) -> anyhow::Result<[f64; 4]> {
    let (mut painted, mut heap) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        page.open(path).await?;
        page.wait_live().await?;
        painted.push(number(page, "return recorder.painted").await?);
        heap.push(page.browser().heap_bytes().await?);
    }
    Ok([median(painted), number(page, BYTES).await?, number(page, ELEMENTS).await?, median(heap)])
}

/// Down to the end of ten thousand comments and up again.
async fn scrolling(page: &ThreadPage) -> anyhow::Result<[Measured; 3]> {
    page.open_live("/many").await?;
    page.run("recorder.longest = 0", vec![]).await?;
    let down = page.scroll_down().await?;
    // Some are withdrawn and without replies, and so are not listed.
    ensure!(down.seen > u64::from(MANY) * 95 / 100, "{} of {MANY} comments were seen", down.seen);
    let elements = page.scroll_up().await?.elements;
    let longest = number(page, "return recorder.longest").await?;
    let heap_mb = page.browser().heap_bytes().await? / 1e6;
    Ok([budget::SCROLLED_ELEMENTS.at(elements as f64), budget::SCROLLED_HEAP.at(heap_mb), budget::SCROLLED_TASK.at(longest)])
}

/// Folds a branch that is loaded, and opens it again.
async fn opening(page: &ThreadPage) -> anyhow::Result<Measured> {
    page.open_live("/branch").await?;
    let seen = page.scroll_down().await?.seen;
    ensure!(seen > BRANCH, "{seen} comments were seen: the branch is not loaded");
    page.scroll_up().await?;
    page.run(FOLD, vec![]).await?;
    page.run("recorder.longest = 0", vec![]).await?;
    page.run(FOLD, vec![]).await?;
    Ok(budget::OPENED_TASK.at(number(page, "return recorder.longest").await?))
}
