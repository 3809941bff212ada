//! Chromium, driven through WebDriver.

use crate::{port, wait::eventually};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Stdio;
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::process::{Child, Command};

const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
];

/// Runs first in every document and counts what a reader would suffer from: shifts, uncaught errors, blocked loads; it also
/// remembers the painted thread, and what an injected script would call.
const WITNESS: &str = include_str!("witness.js");

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
    _chromedriver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with a screen of that size.
    ///
    /// # Errors
    /// Chromium or its driver is missing or does not start; the sentence names the packages.
    pub async fn start(viewport: Viewport) -> Result<Self> {
        let port = port::free()?;
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("no chromedriver: install the packages chromium and chromium-driver")?;
        let profile = tempfile::tempdir()?;
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        let status = format!("http://127.0.0.1:{port}/status");
        eventually("chromedriver to listen", async || Ok(reqwest::get(&status).await.ok())).await?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .context("no Chromium: install the packages chromium and chromium-driver")?;
        let browser = Self { driver, _chromedriver: chromedriver, _profile: profile };
        browser.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WITNESS })).await?;
        browser.resize(viewport).await?;
        Ok(browser)
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
        let Viewport { width, height } = viewport;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", metrics).await
    }

    /// Makes it look as if the system asked for dark, or for light.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn prefer_color_scheme(&self, scheme: &str) -> Result<()> {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.command("Emulation.setEmulatedMedia", features).await
    }

    /// Runs no script of any page from the next one on, or runs them again. What a test asks of the page still works.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn run_scripts(&self, is_on: bool) -> Result<()> {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": !is_on })).await
    }

    /// Refuses every request whose address matches one of these patterns (`*` stands for anything).
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn block(&self, patterns: &[&str]) -> Result<()> {
        self.command("Network.enable", json!({})).await?;
        self.command("Network.setBlockedURLs", json!({ "urls": patterns })).await
    }

    /// Everything at level error that the console has shown since the last call, but for an icon the server does not have.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("browser").await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" && !entry.message.contains("/favicon.ico"))
            .map(|entry| entry.message)
            .collect())
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
        let entries = self.driver.get_log("performance").await?;
        let sent = entries.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(&entry.message).ok()?;
            let is_request = event["message"]["method"] == "Network.requestWillBeSent";
            is_request.then(|| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned))?
        });
        Ok(sent.collect())
    }

    async fn command(&self, method: &str, parameters: Value) -> Result<()> {
        self.driver.cdp().send_raw(method, parameters).await?;
        Ok(())
    }
}

fn origin_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.split(':').next().unwrap_or(url).to_owned();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    format!("{scheme}://{host}")
}
