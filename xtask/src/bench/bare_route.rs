//! An axum route that answers given bytes and nothing else: as fast as the framework goes.

use crate::bench::http::Connection;
use crate::process::Beside;
use crate::program;
use anyhow::{Context, bail};
use axum::Router;
use axum::http::header;
use axum::routing::get;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::NamedTempFile;

/// The route in a process of its own; ends when dropped.
pub struct BareRoute {
    _process: Beside,
    _body: NamedTempFile,
    /// Where it listens.
    pub listen: String,
}

impl BareRoute {
    /// Starts it, with what it answers.
    ///
    /// # Errors
    /// The process cannot be started or does not listen.
    pub async fn start(body: &[u8]) -> anyhow::Result<Self> {
        let listen = program::free_address()?;
        let file = NamedTempFile::new()?;
        fs::write(file.path(), body)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["bare-route", &listen]).arg(file.path());
        let process = Beside(command.spawn().context("the bare route cannot be started")?);
        wait_for(&listen).await?;
        Ok(Self { _process: process, _body: file, listen })
    }
}

async fn wait_for(address: &str) -> anyhow::Result<()> {
    for _ in 0..250 {
        if Connection::open(address).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bail!("{address} does not listen")
}

/// Serves the bytes of a file at every address, with the header fields of a packed JSON answer, until it is ended.
///
/// # Errors
/// The file cannot be read or the address not be listened on.
pub fn serve(address: &str, file: &Path) -> anyhow::Result<()> {
    let body = axum::body::Bytes::from(fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?);
    let fields = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "br")];
    let app = Router::new().fallback(get(move || async move { (fields, body) }));
    // As many threads as the server under test takes.
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        Ok(axum::serve(listener, app).await?)
    })
}
