//! The thread in its host page: opening it, waiting for it, running scripts in it. What is seen is in [`crate::view`], what is
//! written in [`crate::forms`]; selectors live in these three and hardly anywhere else.

use crate::server::SITE;
use crate::{Browser, Server, eventually};
use afterword_wire::address::THREAD_DOCUMENT;
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WebElement;

/// Finds the thread's host and shadow root; what follows it is the body of a function.
const PRELUDE: &str = "
    const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot instanceof ShadowRoot);
    const root = host && host.shadowRoot;
    const aw = root && root.querySelector('.aw');
";

/// A browser tab with the host page in it.
pub struct ThreadPage {
    browser: Browser,
    origin: String,
}

impl ThreadPage {
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(browser: Browser, origin: String) -> Self {
        Self { browser, origin }
    }

    /// The browser it is in.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The browser it is in, to be restarted.
    pub fn browser_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }

    /// Leaves the page and keeps the browser.
    #[must_use]
    pub fn into_browser(self) -> Browser {
        self.browser
    }

    /// Opens a path of the host page (the page key), with a fragment perhaps.
    ///
    /// # Errors
    /// The browser does not answer; so for every verb here.
    pub async fn open(&self, path: &str) -> Result<()> {
        Ok(self.browser.driver().goto(format!("{}{path}", self.origin)).await?)
    }

    /// Opens the thread as a document of its own, from the server.
    pub async fn open_standalone(&self, server: &Server, path: &str) -> Result<()> {
        let url = server.url(&format!("{THREAD_DOCUMENT}?site={SITE}&page={path}"));
        Ok(self.browser.driver().goto(url).await?)
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.browser.driver().refresh().await?)
    }

    /// Runs a script that sees `host`, `root` and `aw` (the thread's element), each perhaps null.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.browser.driver().execute(format!("{PRELUDE}{script}"), arguments).await?;
        Ok(answer.json().clone())
    }

    /// Waits until a script that sees what [`ThreadPage::run`] offers answers true.
    pub async fn wait_until(&self, what: &str, script: &str) -> Result<()> {
        eventually(what, async || Ok((self.run(script, vec![]).await? == true).then_some(()))).await
    }

    /// Waits until the server's HTML is on screen.
    pub async fn wait_painted(&self) -> Result<()> {
        self.wait_until("the thread to be painted", "return !!(aw && witness.painted)").await
    }

    /// Waits until the WebAssembly has taken over.
    pub async fn wait_live(&self) -> Result<()> {
        self.wait_until("the widget to take over", "return !!(aw && witness.painted && aw !== witness.painted)").await
    }

    /// Whether the WebAssembly has taken over.
    pub async fn is_live(&self) -> Result<bool> {
        Ok(self.run("return !!(aw && aw !== witness.painted)", vec![]).await? == true)
    }

    /// Opens the page and waits until the widget is live, however far below the thread stands.
    pub async fn open_live(&self, path: &str) -> Result<()> {
        self.open(path).await?;
        self.wait_painted().await?;
        self.run("host.scrollIntoView()", vec![]).await?;
        self.wait_live().await
    }

    /// Goes into the frame in which the thread stands, once that is as high as what it shows; every verb then acts in there.
    pub async fn enter_frame(&self) -> Result<()> {
        let shows = "const frame = root && root.querySelector('iframe'); return !!frame && frame.clientHeight > 10";
        self.wait_until("the frame to show the thread", shows).await?;
        Ok(self.find("iframe").await?.enter_frame().await?)
    }

    /// Comes back from [`ThreadPage::enter_frame`] into the page around it.
    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.browser.driver().enter_default_frame().await?)
    }

    /// Clicks the first element in the thread that fits.
    pub async fn click(&self, selector: &str) -> Result<()> {
        // The widget may take over between the look and the click: look again then.
        eventually(&format!("a click on {selector}"), async || {
            let element = self.find(selector).await?;
            element.scroll_into_view().await?;
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// The first element in the thread that fits, once there is one.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        let script = format!("{PRELUDE} return root && root.querySelector(arguments[0])");
        let answer = self.browser.driver().execute(script, vec![json!(selector)]).await?;
        ensure!(!answer.json().is_null(), "no {selector} in the thread");
        Ok(answer.element()?)
    }
}
