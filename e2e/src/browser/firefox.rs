//! Firefox, with WebDriver BiDi where plain WebDriver has no word for something.

use super::{Driver, Session, Viewport, WITNESS};
use crate::{pattern::fits, port};
use anyhow::{Context, Result};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use thirtyfour::bidi::modules::browsing_context as tabs;
use thirtyfour::bidi::{BiDi, RawEventStream};
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::{CapabilitiesHelper, DesiredCapabilities, WebDriver};
use tokio::process::Command;
use tokio::task::JoinHandle;

const NEEDS: &str = "the package firefox-esr and the crate geckodriver";
const EVENTS: [&str; 2] = ["log.entryAdded", "network.beforeRequestSent"];

/// What keeps it running, and what it has told.
pub struct Firefox {
    bidi: BiDi,
    told: Arc<Mutex<Told>>,
    listener: JoinHandle<()>,
    _driver: Driver,
}

/// What it has told since somebody asked, and what it is told to refuse.
#[derive(Default)]
struct Told {
    errors: Vec<String>,
    urls: Vec<String>,
    refused: Vec<String>,
}

impl Drop for Firefox {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

pub async fn start() -> Result<(WebDriver, Session)> {
    let mut program = Command::new(geckodriver());
    // Its default port is the same for every instance.
    program.arg(format!("--websocket-port={}", port::free()?)).stdout(Stdio::null());
    let driver = Driver::start(program, NEEDS).await?;
    let session = WebDriver::new(&driver.url, capabilities()?).await.with_context(|| format!("no Firefox: install {NEEDS}"))?;
    let bidi = session.bidi().await?;
    let told = Arc::new(Mutex::new(Told::default()));
    let events = bidi.subscribe_raw();
    bidi.send_raw("session.subscribe", json!({ "events": EVENTS })).await?;
    let listener = tokio::spawn(listen(events, bidi.clone(), told.clone()));
    bidi.script().add_preload_script(format!("() => {{{WITNESS}}}")).await?;
    Ok((session, Session::Firefox(Firefox { bidi, told, listener, _driver: driver })))
}

impl Firefox {
    pub async fn resize(&self, Viewport { width, height }: Viewport) -> Result<()> {
        let tab = self.bidi.browsing_context().top_level().await?;
        Ok(self.bidi.browsing_context().set_viewport(tab, Some(tabs::Viewport { width, height })).await?)
    }

    pub async fn block(&self, patterns: &[&str]) -> Result<()> {
        let is_first = {
            let mut told = self.told();
            let is_first = told.refused.is_empty() && !patterns.is_empty();
            told.refused = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
            is_first
        };
        if is_first {
            self.bidi.send_raw("network.addIntercept", json!({ "phases": ["beforeRequestSent"] })).await?;
        }
        Ok(())
    }

    pub async fn keep_no_cache(&self) -> Result<()> {
        self.bidi.send_raw("network.setCacheBehavior", json!({ "cacheBehavior": "bypass" })).await?;
        Ok(())
    }

    pub fn console_errors(&self) -> Vec<String> {
        std::mem::take(&mut self.told().errors)
    }

    pub fn requested_urls(&self) -> Vec<String> {
        std::mem::take(&mut self.told().urls)
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn listen(mut events: RawEventStream, bidi: BiDi, told: Arc<Mutex<Told>>) {
    while let Some(event) = events.next().await {
        let is_refused = told.lock().unwrap_or_else(PoisonError::into_inner).note(&event.method, &event.params);
        if event.params["isBlocked"] == true {
            let verdict = if is_refused { "network.failRequest" } else { "network.continueRequest" };
            // Fails where the page has gone meanwhile, and the request with it.
            let _ = bidi.send_raw(verdict, json!({ "request": event.params["request"]["request"] })).await;
        }
    }
}

impl Told {
    /// Notes one event and returns whether the request it speaks of is to be refused.
    fn note(&mut self, method: &str, event: &Value) -> bool {
        if method == "log.entryAdded" && event["level"] == "error" {
            self.errors.push(event["text"].as_str().unwrap_or_default().to_owned());
        }
        let Some(url) = event["request"]["url"].as_str() else { return false };
        self.urls.push(url.to_owned());
        self.refused.iter().any(|pattern| fits(url, pattern))
    }
}

fn capabilities() -> Result<impl Into<thirtyfour::Capabilities>> {
    let mut preferences = FirefoxPreferences::new();
    // It would call home: to see whether a portal holds it captive, and for news about the web.
    for name in ["network.captive-portal-service.enabled", "network.connectivity-service.enabled"] {
        preferences.set(name, false)?;
    }
    preferences.set("intl.accept_languages", "en-US")?;
    let mut wanted = DesiredCapabilities::firefox();
    wanted.set_firefox_binary("firefox-esr")?;
    wanted.set_preferences(preferences)?;
    wanted.add_arg("-headless")?;
    wanted.enable_bidi()?;
    Ok(wanted)
}

/// From `PATH`, or from where `cargo xtask setup` puts it.
fn geckodriver() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let tools = std::env::var_os("AFTERWORD_TOOLS").map(PathBuf::from).or_else(|| Some(cache?.join("afterword/tools")));
    let own = tools.map(|tools| tools.join("bin/geckodriver")).filter(|file| file.exists());
    own.unwrap_or_else(|| PathBuf::from("geckodriver"))
}
