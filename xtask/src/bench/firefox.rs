//! What a reader waits for in Firefox, on a slow line; there is no way to slow its processor down.

use crate::bench::page::{DOWN_BYTES_PER_S, LATENCY_MS, RECORDER, cold_browser, delays};
use crate::budget::{self, Measured};
use crate::sample_thread::{self, PAGE_KEY};
use crate::workspace::Workspace;
use afterword_e2e::host_page::HostServer;
use afterword_e2e::server::SITE;
use afterword_e2e::slow_line::SlowLine;
use afterword_e2e::{Engine, HostPage, Server, ThreadPage};
use afterword_wire::address;
use std::time::Duration;

const COMMENTS: usize = 50;

/// First comment and live widget with the plain tag, first comment with the one that brings the thread along.
///
/// # Errors
/// The browser or the server does not start or answer.
pub fn measure(workspace: &Workspace) -> anyhow::Result<Vec<Measured>> {
    // The engine is a matter of the thread that asks for a browser.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Engine::Firefox.play(|| runtime.block_on(both_tags(workspace)))
}

async fn both_tags(workspace: &Workspace) -> anyhow::Result<Vec<Measured>> {
    let mut server = Server::prepare("http://localhost").await?;
    server.import(sample_thread::records(workspace, COMMENTS)?.as_jsonl()).await?;
    server.start().await?;
    let page = HostPage::short().footer().head(&format!("<script>{RECORDER}</script>"));
    let script = address::PAINTED_SCRIPT.replace("{script}", &format!("{SITE}.js"));
    let (painted, live) = on_slow_line(&page, &server).await?;
    let (one_request, _) = on_slow_line(&page.clone().script(format!("{script}?page={PAGE_KEY}")), &server).await?;
    Ok(vec![
        budget::FIRST_COMMENT_DELAY_FIREFOX.at(painted),
        budget::FIRST_COMMENT_DELAY_FIREFOX_ONE_REQUEST.at(one_request),
        budget::LIVE_DELAY_FIREFOX.at(live),
    ])
}

/// The page and the server each at the other end of a slow line.
async fn on_slow_line(page: &HostPage, server: &Server) -> anyhow::Result<(f64, f64)> {
    let latency = Duration::from_millis(u64::from(LATENCY_MS));
    let server_line = SlowLine::to(server.port(), latency, DOWN_BYTES_PER_S).await?;
    let mut host = HostServer::bind().await?;
    let host_line = SlowLine::to(host.port(), latency, DOWN_BYTES_PER_S).await?;
    host.serve(page.document(&format!("http://127.0.0.1:{}", server_line.port())));
    let page = ThreadPage::new(cold_browser().await?, format!("http://localhost:{}", host_line.port()));
    let measured = delays(&page).await?;
    page.into_browser().quit().await?;
    Ok(measured)
}
