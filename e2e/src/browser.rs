//! A browser of any of the three engines, driven through WebDriver.

mod chromium;
mod driver;
mod firefox;
mod webkit;

use crate::Engine;
use anyhow::{Result, bail};
use driver::Driver;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use thirtyfour::{WebDriver, WindowHandle};

/// Runs first in every document and counts what a reader would suffer from: shifts, uncaught errors, blocked loads; it also
/// remembers the painted thread, and what an injected script would call.
pub(crate) const WITNESS: &str = include_str!("witness.js");

/// How large the reader's screen is, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Viewport {
    /// A desk's screen.
    pub const DESK: Self = Self { width: 1280, height: 800 };
    /// A phone's, upright.
    pub const PHONE: Self = Self { width: 375, height: 812 };
}

/// One browser with a fresh profile, and the driver it hangs on.
pub struct Browser {
    // Dropped in this order: the session ends before its driver does.
    driver: WebDriver,
    session: Session,
    viewport: Viewport,
}

/// What differs from engine to engine.
enum Session {
    Chromium(chromium::Chromium),
    Firefox(firefox::Firefox),
    WebKit(Box<webkit::WebKit>),
}

impl Browser {
    /// Starts a browser of the current engine with a screen of that size.
    ///
    /// # Errors
    /// The browser or its driver is missing or does not start; the sentence names the packages.
    pub async fn start(viewport: Viewport) -> Result<Self> {
        let (driver, session) = match Engine::current() {
            Engine::Chromium => chromium::start().await?,
            Engine::Firefox => firefox::start().await?,
            Engine::WebKit => webkit::start().await?,
        };
        let browser = Self { driver, session, viewport };
        browser.resize(viewport).await?;
        Ok(browser)
    }

    /// Quits the browser, all tabs with it, and starts it again with the same profile: what was kept is there, what was only
    /// open is not. In Chromium only.
    ///
    /// # Errors
    /// As for [`Browser::start`].
    pub async fn restart(&mut self) -> Result<()> {
        let Session::Chromium(chromium) = &mut self.session else { bail!("only Chromium is restarted") };
        self.driver.clone().quit().await?;
        self.driver = chromium.start_again().await?;
        self.resize(self.viewport).await
    }

    /// Opens another tab, goes there, and returns the way back to it.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn open_tab(&self) -> Result<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.go_to_tab(&tab).await?;
        if let Session::Chromium(_) = &self.session {
            chromium::prepare_tab(&self.driver).await?;
        }
        self.resize(self.viewport).await?;
        Ok(tab)
    }

    /// Goes to another tab.
    ///
    /// # Errors
    /// It was closed.
    pub async fn go_to_tab(&self, tab: &WindowHandle) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// The tab in which everything happens.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Takes this tab's network away, as a tunnel does, or gives it back. The browser knows of it. In Chromium only.
    ///
    /// # Errors
    /// The browser does not answer, or is another.
    pub async fn be_offline(&self, is_offline: bool) -> Result<()> {
        self.command("Network.enable", json!({})).await?;
        let conditions = json!({"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.command("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// The WebDriver session.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Gives the screen another size.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn resize(&self, viewport: Viewport) -> Result<()> {
        match &self.session {
            Session::Chromium(_) => chromium::resize(&self.driver, viewport).await,
            Session::Firefox(firefox) => firefox.resize(viewport).await,
            Session::WebKit(webkit) => webkit.resize(&self.driver, viewport).await,
        }
    }

    /// Makes it look as if the system asked for dark, or for light. In Chromium only.
    ///
    /// # Errors
    /// The browser does not answer, or is another.
    pub async fn prefer_color_scheme(&self, scheme: &str) -> Result<()> {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.command("Emulation.setEmulatedMedia", features).await.map(drop)
    }

    /// Runs no script of any page from the next one on, or runs them again. What a test asks of the page still works.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn run_scripts(&self, is_on: bool) -> Result<()> {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": !is_on })).await.map(drop)
    }

    /// Asks for everything anew from now on, whatever it has fetched before. Not in WebKit.
    ///
    /// # Errors
    /// The browser does not answer, or is another.
    pub async fn keep_no_cache(&self) -> Result<()> {
        match &self.session {
            Session::Firefox(firefox) => firefox.keep_no_cache().await,
            _ => {
                self.command("Network.enable", json!({})).await?;
                self.command("Network.setCacheDisabled", json!({"cacheDisabled": true})).await.map(drop)
            }
        }
    }

    /// Refuses every request whose address matches one of these patterns (`*` stands for anything).
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn block(&self, patterns: &[&str]) -> Result<()> {
        match &self.session {
            Session::Chromium(_) => chromium::block(&self.driver, patterns).await,
            Session::Firefox(firefox) => firefox.block(patterns).await,
            Session::WebKit(webkit) => {
                webkit.block(patterns);
                Ok(())
            }
        }
    }

    /// Everything at level error that the console has shown since the last call, but for an icon the server does not have.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let mut errors = match &self.session {
            Session::Chromium(_) => chromium::console_errors(&self.driver).await?,
            Session::Firefox(firefox) => firefox.console_errors(),
            Session::WebKit(webkit) => webkit.console_errors()?,
        };
        errors.retain(|error| !error.contains("/favicon.ico"));
        Ok(errors)
    }

    /// The origins of all requests since the last call; addresses without one (`data:`, `blob:`) as their scheme.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn requested_origins(&self) -> Result<BTreeSet<String>> {
        Ok(self.requested_urls().await?.iter().map(|url| origin_of(url)).collect())
    }

    /// The addresses of all requests since the last call, in order.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn requested_urls(&self) -> Result<Vec<String>> {
        match &self.session {
            Session::Chromium(_) => chromium::requested_urls(&self.driver).await,
            Session::Firefox(firefox) => Ok(firefox.requested_urls()),
            Session::WebKit(webkit) => Ok(webkit.requested_urls()),
        }
    }

    /// One command of Chromium's DevTools protocol, and its answer.
    ///
    /// # Errors
    /// The browser does not answer, or is another.
    pub async fn command(&self, method: &str, parameters: Value) -> Result<Value> {
        match &self.session {
            Session::Chromium(_) => chromium::command(&self.driver, method, parameters).await,
            _ => bail!("{method} is a command of Chromium's alone: this story is not for {:?}", Engine::current()),
        }
    }
}

fn origin_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.split(':').next().unwrap_or(url).to_owned();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    format!("{scheme}://{host}")
}
