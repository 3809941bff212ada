//! A page that brings the script without a thread, and mounts and ends threads itself.

use afterword_e2e::server::SITE;
use afterword_e2e::{HostPage, ThreadPage};
use anyhow::Result;
use serde_json::{Value, json};

/// Mounts a thread into `#here`, waits until it is live and ends it again, as often as it is told.
const ROUND_TRIPS: &str = "
    const [times, site, done] = arguments;
    (async () => {
      const here = document.querySelector('#here');
      for (let time = 0; time < times; time++) {
        const ready = new Promise((resolve) => here.addEventListener('afterword:ready', resolve, { once: true }));
        const handle = Afterword.mount(here, { site, loading: 'eager' });
        await ready;
        handle.destroy();
      }
    })().then(() => done(null), (error) => done(String(error)));";

/// The page: its own script would mount where `#here` is.
pub fn page() -> HostPage {
    HostPage::short().bare().after("<div id=\"here\"></div><script src=\"{server}/embed.js\"></script>").footer()
}

/// Opens it and waits for `Afterword`.
pub async fn open(page: &ThreadPage) -> Result<()> {
    page.open("/article").await?;
    page.wait_until("the script", "return !!(self.Afterword && Afterword.mount)").await
}

/// Mounts and ends that many threads, each after it was live.
pub async fn mount_and_end(page: &ThreadPage, times: u32) -> Result<()> {
    let answer = page.browser().driver().execute_async(ROUND_TRIPS, vec![json!(times), json!(SITE)]).await?;
    anyhow::ensure!(answer.json() == &Value::Null, "{}", answer.json());
    Ok(())
}
