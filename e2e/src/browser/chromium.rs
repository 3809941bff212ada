//! Chromium, with its own DevTools protocol where WebDriver has no word for something.

use super::{Driver, Session, Viewport, WITNESS};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::process::Stdio;
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::process::Command;

const PACKAGES: &str = "the packages chromium and chromium-driver";
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

/// What keeps it running.
pub struct Chromium {
    driver: Driver,
    profile: TempDir,
}

pub async fn start() -> Result<(WebDriver, Session)> {
    let profile = tempfile::tempdir()?;
    let (session, driver) = launch(&profile).await?;
    prepare_tab(&session).await?;
    Ok((session, Session::Chromium(Chromium { driver, profile })))
}

impl Chromium {
    /// A new session with the same profile; the former one has been quit.
    pub async fn start_again(&mut self) -> Result<WebDriver> {
        let (session, driver) = launch(&self.profile).await?;
        self.driver = driver;
        prepare_tab(&session).await?;
        Ok(session)
    }
}

async fn launch(profile: &TempDir) -> Result<(WebDriver, Driver)> {
    let mut program = Command::new("chromedriver");
    program.stdout(Stdio::null());
    let driver = Driver::start(program, PACKAGES).await?;
    let mut wanted = DesiredCapabilities::chrome();
    for flag in FLAGS {
        wanted.add_arg(flag)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
    wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    let session = WebDriver::new(&driver.url, wanted).await.with_context(|| format!("no Chromium: install {PACKAGES}"))?;
    Ok((session, driver))
}

/// What the others do once for all tabs.
pub async fn prepare_tab(session: &WebDriver) -> Result<()> {
    command(session, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": WITNESS })).await.map(drop)
}

pub async fn resize(session: &WebDriver, Viewport { width, height }: Viewport) -> Result<()> {
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    command(session, "Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
}

pub async fn block(session: &WebDriver, patterns: &[&str]) -> Result<()> {
    command(session, "Network.enable", json!({})).await?;
    command(session, "Network.setBlockedURLs", json!({ "urls": patterns })).await.map(drop)
}

pub async fn console_errors(session: &WebDriver) -> Result<Vec<String>> {
    let entries = session.get_log("browser").await?;
    Ok(entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
}

pub async fn requested_urls(session: &WebDriver) -> Result<Vec<String>> {
    let entries = session.get_log("performance").await?;
    let sent = entries.iter().filter_map(|entry| {
        let event: Value = serde_json::from_str(&entry.message).ok()?;
        let is_request = event["message"]["method"] == "Network.requestWillBeSent";
        is_request.then(|| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned))?
    });
    Ok(sent.collect())
}

/// One command of the DevTools protocol, and its answer.
pub async fn command(session: &WebDriver, method: &str, parameters: Value) -> Result<Value> {
    Ok(session.cdp().send_raw(method, parameters).await?)
}
