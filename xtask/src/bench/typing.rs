//! How soon a letter shows in a thread of many comments.

use crate::bench::median::median;
use crate::bench::page::{RECORDER, cold_browser, number, slow_down};
use crate::budget::{self, Measured};
use crate::sample_thread::{self, PAGE_KEY};
use crate::workspace::Workspace;
use afterword_e2e::host_page::HostServer;
use afterword_e2e::{HostPage, Server, ThreadPage};
use anyhow::{Context, ensure};

const COMMENTS: usize = 1_000;
const TEXT: &str = "Sixty letters and more, as somebody types them into a long thread.";

/// Types a sentence into the form above a thousand comments that are all loaded.
///
/// # Errors
/// The browser or the server does not start or answer.
pub async fn measure(workspace: &Workspace) -> anyhow::Result<Measured> {
    let mut host = HostServer::bind().await?;
    let mut server = Server::prepare(&host.origin()).await?;
    server.import(sample_thread::records(workspace, COMMENTS)?.as_jsonl()).await?;
    server.start().await?;
    let page = HostPage::short().head(&format!("<script>{RECORDER}</script>")).attribute("data-limit", "100");
    host.serve(page.document(&server.url("")));
    let page = ThreadPage::new(cold_browser().await?, host.origin());
    page.open_live(PAGE_KEY).await?;
    // Once it was seen it is loaded, though not on the page any more.
    let seen = page.scroll_down().await?.seen;
    page.scroll_up().await?;
    ensure!(seen == COMMENTS as u64, "{seen} of {COMMENTS} comments are loaded");
    slow_down(page.browser(), false).await?;
    let field = page.find("[data-form=root] textarea").await?;
    field.scroll_into_view().await?;
    field.click().await?;
    for letter in TEXT.chars() {
        let before = number(&page, "return recorder.keys.length").await?;
        field.send_keys(letter.to_string()).await?;
        page.wait_until("the letter to show", &format!("return recorder.keys.length > {before}")).await?;
    }
    let keys = page.run("return recorder.keys", vec![]).await?;
    let delays = keys.as_array().context("no delays")?.iter().filter_map(serde_json::Value::as_f64).collect();
    page.into_browser().quit().await?;
    Ok(budget::KEY_TO_PAINT.at(median(delays)))
}
