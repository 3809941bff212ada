//! What a page costs under which ten thousand wrote, beside one under which fifty did.

use crate::bench::median::{ROUNDS, median};
use crate::bench::page::{RECORDER, cold_browser, number};
use crate::budget::{self, Measured};
use crate::sample_thread::{self, PAGE_KEY};
use crate::workspace::Workspace;
use afterword_e2e::host_page::HostServer;
use afterword_e2e::server::SITE;
use afterword_e2e::{HostPage, Server, ThreadPage};
use afterword_wire::address;
use anyhow::Context;
use serde_json::json;

const SIZES: [usize; 2] = [50, 10_000];
/// All that came from the server for the first comment: the script, and the thread as it was painted.
const FIRST_PAINT: &str = "return recorder.painted - performance.getEntriesByName('first-contentful-paint')[0].startTime";

/// A thread of some size under a page of its own, in a browser of its own.
struct Long {
    _host: HostServer,
    server: Server,
    page: ThreadPage,
}

/// First comment, bytes, elements and heap: each the middle of several ratios.
///
/// # Errors
/// A browser or a server does not start or answer.
pub async fn measure(workspace: &Workspace) -> anyhow::Result<[Measured; 4]> {
    let [few, many] = [Long::of(workspace, SIZES[0]).await?, Long::of(workspace, SIZES[1]).await?];
    let mut ratios = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let (few, many) = (few.figures().await?, many.figures().await?);
        for (ratios, (few, many)) in ratios.iter_mut().zip(few.into_iter().zip(many)) {
            ratios.push(many / few);
        }
    }
    few.page.into_browser().quit().await?;
    many.page.into_browser().quit().await?;
    let ratios = ratios.map(median);
    Ok([0, 1, 2, 3].map(|row: usize| budget::LONG_PAGE[row].at(ratios[row])))
}

impl Long {
    async fn of(workspace: &Workspace, comments: usize) -> anyhow::Result<Self> {
        let mut host = HostServer::bind().await?;
        let mut server = Server::prepare(&host.origin()).await?;
        server.import(sample_thread::records(workspace, comments)?.as_jsonl()).await?;
        server.start().await?;
        host.serve(HostPage::short().head(&format!("<script>{RECORDER}</script>")).document(&server.url("")));
        let page = ThreadPage::new(cold_browser().await?, host.origin());
        Ok(Self { _host: host, server, page })
    }

    async fn figures(&self) -> anyhow::Result<[f64; 4]> {
        self.page.open(PAGE_KEY).await?;
        self.page.wait_live().await?;
        let first_comment = number(&self.page, FIRST_PAINT).await?;
        let elements = number(&self.page, "return root.querySelectorAll('*').length").await?;
        let cdp = self.page.browser().driver().cdp();
        cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
        let heap = cdp.send_raw("Runtime.getHeapUsage", json!({})).await?;
        let heap = heap["usedSize"].as_f64().context("no size of the heap")?;
        Ok([first_comment, self.bytes()?, elements, heap])
    }

    /// Of script and painted thread, packed as browsers ask for them.
    fn bytes(&self) -> anyhow::Result<f64> {
        let thread = format!("{}?site={SITE}&page={PAGE_KEY}", address::THREAD_HTML);
        let mut total = 0.0;
        for path in [address::EMBED_SCRIPT, &thread] {
            let mut answer = ureq::get(self.server.url(path)).header("accept-encoding", "br").call()?;
            total += answer.body_mut().with_config().limit(10_000_000).read_to_vec()?.len() as f64;
        }
        Ok(total)
    }
}
