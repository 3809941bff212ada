//! The program between us and a browser.

use crate::{port, wait::eventually};
use anyhow::{Context, Result};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// A running WebDriver program; ends when dropped.
pub struct Driver {
    /// Where it listens.
    pub url: String,
    _process: Child,
}

impl Driver {
    /// Starts it with `--port` and waits until it listens; `packages` is what brings it.
    pub async fn start(mut command: Command, packages: &str) -> Result<Self> {
        let port = port::free()?;
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        let process = command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("no {name}: install {packages}, or run `cargo xtask setup`"))?;
        let url = format!("http://127.0.0.1:{port}");
        let status = format!("{url}/status");
        eventually(&format!("{name} to listen"), async || Ok(reqwest::get(&status).await.ok())).await?;
        Ok(Self { url, _process: process })
    }
}
