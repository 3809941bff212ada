//! A slow connection for any browser, where DevTools have no word for one.

use anyhow::Result;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// Most bytes that come at once.
const PIECE_BYTES: usize = 4 * 1024;

/// A port that leads to another one of this machine: what comes back is late, and all connections share so many bytes a second.
pub struct SlowLine {
    port: u16,
    task: JoinHandle<()>,
}

impl SlowLine {
    /// Leads to `port`; every answer begins `latency` later than it would, and goes on at `bytes_per_s`.
    ///
    /// # Errors
    /// No port is free.
    pub async fn to(port: u16, latency: Duration, bytes_per_s: u32) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let own = listener.local_addr()?.port();
        let line = Arc::new(Mutex::new(Instant::now()));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, port, latency, bytes_per_s, line.clone()));
            }
        });
        Ok(Self { port: own, task })
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for SlowLine {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(client: TcpStream, port: u16, latency: Duration, bytes_per_s: u32, line: Arc<Mutex<Instant>>) -> Result<()> {
    let server = TcpStream::connect(("127.0.0.1", port)).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    // What is on its way does not hold back what follows: only the line's width does.
    let (sent, mut under_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let arriving = tokio::spawn(async move {
        while let Some((at, piece)) = under_way.recv().await {
            sleep_until(at).await;
            to_client.write_all(&piece).await?;
        }
        to_client.shutdown().await
    });
    let mut buffer = vec![0; PIECE_BYTES];
    loop {
        let length = from_server.read(&mut buffer).await?;
        if length == 0 {
            break;
        }
        let free_at = take_turn(&line, length, bytes_per_s).await;
        sent.send((free_at + latency, buffer[..length].to_vec()))?;
    }
    drop(sent);
    arriving.await??;
    asking.abort();
    Ok(())
}

/// When so many bytes are through, those of other connections before them.
async fn take_turn(line: &Mutex<Instant>, length: usize, bytes_per_s: u32) -> Instant {
    let mut free_at = line.lock().await;
    let takes = Duration::from_secs_f64(length as f64 / f64::from(bytes_per_s));
    *free_at = (*free_at).max(Instant::now()) + takes;
    *free_at
}
