//! A proxy for browsers that neither tell nor refuse what they ask for.

use crate::pattern::fits;
use anyhow::{Context, Result};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Largest first line and header lines of a request.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// An HTTP proxy on a port of its own: it notes each address, refuses what it is told to, and passes the rest on as it comes.
/// It leads nowhere but to this machine.
pub struct Proxy {
    port: u16,
    notes: Arc<Mutex<Notes>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Notes {
    urls: Vec<String>,
    refused: Vec<String>,
}

impl Proxy {
    /// Listens from now on.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let notes = Arc::new(Mutex::new(Notes::default()));
        let noted = notes.clone();
        let task = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(pass(connection, noted.clone()));
            }
        });
        Ok(Self { port, notes, task })
    }

    /// `HOST:PORT`, as capabilities want it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Hangs up from now on when asked for an address that fits one of these patterns (`*` stands for anything).
    pub fn refuse(&self, patterns: &[&str]) {
        lock(&self.notes).refused = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
    }

    /// The addresses asked for since the last call, in order.
    #[must_use]
    pub fn take_urls(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.notes).urls)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(notes: &Mutex<Notes>) -> MutexGuard<'_, Notes> {
    notes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request of one connection; the connection ends with it, so that the next one is noted too.
async fn pass(client: TcpStream, notes: Arc<Mutex<Notes>>) -> Result<()> {
    let mut client = BufReader::new(client);
    let (first, headers) = head(&mut client).await?;
    let mut words = first.split_whitespace();
    let (method, url) = (words.next().context("no method")?, words.next().context("no address")?);
    {
        let mut notes = lock(&notes);
        notes.urls.push(url.to_owned());
        if notes.refused.iter().any(|pattern| fits(url, pattern)) {
            return Ok(());
        }
    }
    // No CONNECT: nothing of ours speaks TLS here, and nobody else is to be reached.
    let (authority, path) = url.strip_prefix("http://").context("not plain HTTP")?.split_once('/').context("no path")?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    anyhow::ensure!(["localhost", "127.0.0.1"].contains(&host), "not on this machine: {host}");
    let mut server = TcpStream::connect(authority.replace("localhost", "127.0.0.1")).await?;
    server.write_all(format!("{method} /{path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes()).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

/// The first line, and the header lines without those that speak of the connection.
async fn head(client: &mut BufReader<TcpStream>) -> Result<(String, String)> {
    let mut lines = client.take(MAX_HEAD_BYTES);
    let (mut first, mut headers) = (String::new(), String::new());
    lines.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        anyhow::ensure!(lines.read_line(&mut line).await? > 0, "the request ended early");
        if line.trim().is_empty() {
            return Ok((first, headers));
        }
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if !["connection", "proxy-connection", "keep-alive"].contains(&name.as_str()) {
            headers.push_str(&line);
        }
    }
}
