//! A client that costs next to nothing, so that what is measured is the server.

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One HTTP/1.1 connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Status line and header fields as they came.
    pub head: String,
    /// The body as it came, packed or not.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects to `ADDRESS:PORT`.
    ///
    /// # Errors
    /// Nobody listens there.
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a whole request and reads the whole answer.
    ///
    /// # Errors
    /// The connection breaks, or the answer says nothing of its length.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        let head_len = self.fill_until(|buffer| Some(find(buffer, b"\r\n\r\n")? + 4)).await?;
        let head = String::from_utf8_lossy(&self.buffer[..head_len]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("an answer without a status")?;
        let total = head_len + content_length(&head)?;
        self.fill_until(|buffer| (buffer.len() >= total).then_some(total)).await?;
        let rest = self.buffer.split_off(total);
        let body = std::mem::replace(&mut self.buffer, rest).split_off(head_len);
        Ok(Answer { status, head, body })
    }

    async fn fill_until(&mut self, ready: impl Fn(&[u8]) -> Option<usize>) -> anyhow::Result<usize> {
        loop {
            if let Some(length) = ready(&self.buffer) {
                return Ok(length);
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
        }
    }
}

/// The value of a header field of a head.
pub fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let values = head.lines().filter_map(|line| line.split_once(": "));
    values.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn content_length(head: &str) -> anyhow::Result<usize> {
    field(head, "content-length").and_then(|length| length.parse().ok()).context("an answer without Content-Length")
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_are_found_whatever_their_case() {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n";
        assert_eq!(field(head, "content-length"), Some("12"));
        assert_eq!(content_length(head).unwrap(), 12);
        assert!(content_length("HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
