//! WebKit as GTK's MiniBrowser, which needs a screen to stand on, and a proxy for what its driver does not tell.

use super::{Driver, Session, Viewport};
use crate::Proxy;
use anyhow::{Context, Result};
use serde_json::json;
use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const PACKAGES: &str = "the packages webkit2gtk-driver and xvfb";
const ARGUMENTS: [&str; 2] = ["--automation", "--enable-write-console-messages-to-stdout=true"];

/// What keeps it running, and what it has told.
pub struct WebKit {
    proxy: Proxy,
    output: PathBuf,
    // Dropped in this order: the driver ends its browser before the screen goes.
    _driver: Driver,
    _screen: Child,
    _folder: TempDir,
}

pub async fn start() -> Result<(WebDriver, Session)> {
    let (screen, display) = screen().await?;
    let folder = tempfile::tempdir()?;
    let output = folder.path().join("output");
    let mut program = Command::new("WebKitWebDriver");
    program.env("DISPLAY", display).env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1").env("LANG", "en_US.UTF-8");
    // Its own folders: storage and cache of one story are no other's.
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        program.env(name, folder.path());
    }
    program.stdout(Stdio::from(File::create(&output)?));
    let driver = Driver::start(program, PACKAGES).await?;
    let proxy = Proxy::start().await?;
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "MiniBrowser")?;
    wanted.set("webkitgtk:browserOptions", json!({ "binary": mini_browser()?, "args": ARGUMENTS }))?;
    wanted.set("proxy", json!({ "proxyType": "manual", "httpProxy": proxy.address(), "sslProxy": proxy.address() }))?;
    let session = WebDriver::new(&driver.url, wanted).await.with_context(|| format!("no WebKit: install {PACKAGES}"))?;
    Ok((session, Session::WebKit(Box::new(WebKit { proxy, output, _driver: driver, _screen: screen, _folder: folder }))))
}

impl WebKit {
    /// As near as its window can come: with its toolbar it is never narrower than 450 pixels or so.
    pub async fn resize(&self, session: &WebDriver, Viewport { width, height }: Viewport) -> Result<()> {
        session.set_window_rect(0, 0, width, height).await?;
        let inner = session.execute("return innerHeight", vec![]).await?.json().as_u64().unwrap_or_default();
        let toolbar = height.saturating_sub(u32::try_from(inner)?);
        session.set_window_rect(0, 0, width, height + toolbar).await?;
        Ok(())
    }

    pub fn block(&self, patterns: &[&str]) {
        self.proxy.refuse(patterns);
    }

    pub fn console_errors(&self) -> Result<Vec<String>> {
        let output = std::fs::read_to_string(&self.output)?;
        // What was told before is told: empty from here on.
        File::options().write(true).truncate(true).open(&self.output)?;
        Ok(output.lines().filter(|line| line.contains("CONSOLE") && line.contains("ERROR")).map(str::to_owned).collect())
    }

    pub fn requested_urls(&self) -> Vec<String> {
        self.proxy.take_urls()
    }
}

/// A screen nobody looks at, and its name.
async fn screen() -> Result<(Child, String)> {
    let mut program = Command::new("Xvfb");
    program.args(["-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]);
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut process = program.spawn().with_context(|| format!("no Xvfb: install {PACKAGES}, or run `cargo xtask setup`"))?;
    let output = process.stdout.take().context("Xvfb has no output")?;
    let number = BufReader::new(output).lines().next_line().await?.context("Xvfb did not start")?;
    Ok((process, format!(":{number}")))
}

fn mini_browser() -> Result<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib")?.filter_map(|entry| Some(entry.ok()?.path()));
    let versions = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let files = libraries.flat_map(|folder| versions.map(|version| folder.join(version).join("MiniBrowser")));
    files.into_iter().find(|file| file.exists()).with_context(|| format!("no MiniBrowser: install {PACKAGES}"))
}
