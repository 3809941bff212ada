//! One write as the bytes of one HTTP request, so that it can be cut off anywhere and sent again.

use crate::server::SITE;
use afterword_wire::RequestId;
use afterword_wire::address::{BEARER, COMMENTS};
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use anyhow::{Context, Result};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A comment about to be posted; every attempt carries the same request id.
pub struct WirePost {
    /// The whole request.
    pub bytes: Vec<u8>,
}

impl WirePost {
    /// A root comment whose body no other has, under `/durability`.
    #[must_use]
    pub fn new(origin: &str, number: u64) -> Self {
        let mut random = [0; 16];
        random[8..].copy_from_slice(&number.to_be_bytes());
        let body = json!({
            "request_id": RequestId::from_parts(1, random),
            "page": {"key": "/durability"},
            "body_markdown": body_of(number),
            "author": {"name": "Mara"},
        })
        .to_string();
        let secret = "A".repeat(DEVICE_SECRET_CHARS);
        let bytes = format!(
            "POST {COMMENTS}?site={SITE} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nAuthorization: {BEARER}{secret}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        Self { bytes: bytes.into_bytes() }
    }

    /// Sends it whole and returns whether it was acknowledged.
    ///
    /// # Errors
    /// The connection broke before the answer was there.
    pub async fn send(&self, port: u16) -> Result<bool> {
        let mut connection = TcpStream::connect(("127.0.0.1", port)).await?;
        connection.write_all(&self.bytes).await?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await?;
        let status = answer.get(9..12).context("no answer came")?;
        // The body must be here too: the client of an answer cut off knows nothing.
        let is_acknowledged = status == b"201" && answer.ends_with(b"}");
        if !is_acknowledged {
            println!("not acknowledged: {}", String::from_utf8_lossy(&answer));
        }
        Ok(is_acknowledged)
    }

    /// Sends its first bytes and hangs up, without waiting for what may come.
    ///
    /// # Errors
    /// The server is not there.
    pub async fn send_part(&self, port: u16, count: usize) -> Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", port)).await?;
        connection.write_all(self.bytes.get(..count).unwrap_or(&self.bytes)).await?;
        Ok(())
    }
}

/// The body of the comment of that number, as typed.
#[must_use]
pub fn body_of(number: u64) -> String {
    format!("comment number {number}, once")
}
