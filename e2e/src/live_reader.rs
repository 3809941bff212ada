//! One who follows a thread past the browser, and comes back when the stream breaks off, as browsers do.

use crate::server::SITE;
use afterword_wire::address::LIVE;
use anyhow::{Context, Result, ensure};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const AGAIN_AFTER: Duration = Duration::from_millis(200);
const BEGINNING: &[u8] = b"retry: 3000\n\n";
const END_OF_EVENT: &str = "\n\n";

/// A reader with an address of its own, as a trusted proxy tells it.
pub struct LiveReader {
    port: u16,
    page_key: String,
    address: String,
    stream: TcpStream,
    heard: Vec<u8>,
    last_event_id: Option<String>,
    /// How often the stream broke off.
    pub breaks: u32,
}

impl LiveReader {
    /// Follows a page from now on. The server must trust this machine as a proxy.
    ///
    /// # Errors
    /// The server does not let the reader in.
    pub async fn follow(port: u16, page_key: &str, number: usize) -> Result<Self> {
        let address = format!("10.{}.{}.1", number / 250, number % 250);
        let (stream, heard) = open(port, page_key, &address, None).await?;
        Ok(Self { port, page_key: page_key.to_owned(), address, stream, heard, last_event_id: None, breaks: 0 })
    }

    /// The next event as it came, without its end. Heartbeats are none.
    ///
    /// # Errors
    /// The server does not let the reader in again.
    pub async fn next(&mut self) -> Result<String> {
        loop {
            while let Some(end) = find(&self.heard, END_OF_EVENT.as_bytes()) {
                let event = self.heard.drain(..end + END_OF_EVENT.len()).collect();
                let event = String::from_utf8(event)?;
                if let Some(id) = event.strip_prefix("id: ").and_then(|rest| rest.lines().next()) {
                    self.last_event_id = Some(id.to_owned());
                    return Ok(event);
                }
            }
            if !matches!(self.stream.read_buf(&mut self.heard).await, Ok(1..)) {
                self.breaks += 1;
                tokio::time::sleep(AGAIN_AFTER).await;
                (self.stream, self.heard) = open(self.port, &self.page_key, &self.address, self.last_event_id.as_deref()).await?;
            }
        }
    }
}

/// Opens a stream and reads its head; what came after that is returned too.
async fn open(port: u16, page_key: &str, address: &str, last_event_id: Option<&str>) -> Result<(TcpStream, Vec<u8>)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let place = last_event_id.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
    let request = format!(
        "GET {LIVE}?site={SITE}&page={page_key} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\n{place}\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut heard = Vec::new();
    loop {
        if let Some(at) = find(&heard, BEGINNING) {
            heard.drain(..at + BEGINNING.len());
            return Ok((stream, heard));
        }
        let count = stream.read_buf(&mut heard).await.context("no stream")?;
        ensure!(count > 0, "no stream: {}", String::from_utf8_lossy(&heard));
    }
}

/// Where it stands. As text, because that search is compiled with optimisation whatever this is compiled with.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (text, wanted) = (valid(bytes), valid(wanted));
    text.find(wanted)
}

/// What is whole of it: a chunk may end within a character.
fn valid(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}
