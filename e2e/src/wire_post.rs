//! One write as the bytes of one HTTP request, so that it can be cut off anywhere and sent again.

use crate::server::SITE;
use afterword_wire::RequestId;
use afterword_wire::address::{BEARER, COMMENTS};
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use anyhow::{Context, Result};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The page under which these comments stand.
pub const PAGE: &str = "/durability";

/// A comment about to be posted; every attempt carries the same request id.
pub struct WirePost {
    /// The whole request.
    pub bytes: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct WireAnswer {
    /// The status.
    pub status: u16,
    /// The body; cut off where the connection was.
    pub body: String,
}

impl WireAnswer {
    /// Whether the comment is written, and its sender knows. The body must be here too: the client of an answer cut off knows
    /// nothing.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.status == 201 && self.body.ends_with('}')
    }
}

impl WirePost {
    /// A root comment whose body no other has, under [`PAGE`].
    #[must_use]
    pub fn new(origin: &str, number: u64) -> Self {
        Self::under(PAGE, origin, number)
    }

    /// The same under another page.
    #[must_use]
    pub fn under(page_key: &str, origin: &str, number: u64) -> Self {
        let mut random = [0; 16];
        random[8..].copy_from_slice(&number.to_be_bytes());
        let body = json!({
            "request_id": RequestId::from_parts(1, random),
            "page": {"key": page_key},
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
        let answer = self.exchange(port).await?;
        if !answer.is_acknowledged() {
            println!("not acknowledged: {answer:?}");
        }
        Ok(answer.is_acknowledged())
    }

    /// Sends it whole and returns what came back.
    ///
    /// # Errors
    /// The connection broke before there was an answer.
    pub async fn exchange(&self, port: u16) -> Result<WireAnswer> {
        let mut connection = TcpStream::connect(("127.0.0.1", port)).await?;
        connection.write_all(&self.bytes).await?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await?;
        let text = String::from_utf8(answer)?;
        let status = text.get(9..12).context("no answer came")?.parse()?;
        let (_, body) = text.split_once("\r\n\r\n").context("the answer's head was cut off")?;
        Ok(WireAnswer { status, body: body.to_owned() })
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
