//! Ten thousand who follow one thread: what they cost while nothing happens, and how soon all of them hear of a comment (fault L1).

use crate::bench::http::Connection;
use crate::bench::memory::resident_mb_of;
use crate::bench::posting::Post;
use crate::budget::{self, Measured};
use crate::program::{self, Program, SITE};
use crate::sample_thread::PAGE_KEY;
use afterword_e2e::open_files;
use afterword_wire::address;
use anyhow::{Context, ensure};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

const READERS: usize = 10_000;
/// Connected at the same time: the system's queue holds so many.
const AT_ONCE: usize = 100;
/// Open files that this program needs.
const OPEN_FILES: usize = READERS + 500;
/// Each reader has an address of its own, as a proxy tells it.
const OPTIONS: [&str; 2] = ["--trusted-proxy", "127.0.0.1"];
const PATIENCE: Duration = Duration::from_secs(60);
const BEGINNING: &[u8] = b"retry: 3000\n\n";
const NEWS: &[u8] = b"event: comment-created";

/// Memory of the server with all readers idle, and the time from a post to the last who hears of it.
///
/// # Errors
/// The system allows too few open files, the server does not start, or a reader hears nothing.
pub async fn measure(program: &Program) -> anyhow::Result<[Measured; 2]> {
    open_files::raise(OPEN_FILES)?;
    let listen = program::free_address()?;
    let server = program.serve(&listen, &OPTIONS)?;
    let (heard, mut hearing) = mpsc::channel(READERS);
    let mut readers = tokio::task::JoinSet::new();
    for first in (0..READERS).step_by(AT_ONCE) {
        let opening = (first..first + AT_ONCE).map(|number| tokio::spawn(follow(listen.clone(), number)));
        for stream in opening.collect::<Vec<_>>() {
            readers.spawn(hear(stream.await??, heard.clone()));
        }
    }
    let memory = resident_mb_of(server.process_id())?;
    let begun = Instant::now();
    let answer = Connection::open(&listen).await?.exchange(&Post::new(&listen, PAGE_KEY, None)?.request(0, 0)).await?;
    ensure!(answer.status == 201, "the comment was not taken: {}", answer.status);
    let all = async {
        for _ in 0..READERS {
            hearing.recv().await.context("a reader left")?;
        }
        anyhow::Ok(begun.elapsed())
    };
    let last = tokio::time::timeout(PATIENCE, all).await.context("not all readers heard of the comment")??;
    Ok([budget::LIVE_MEMORY.at(memory), budget::LIVE_NEWS.at(last.as_secs_f64())])
}

/// Opens a stream and reads its beginning.
async fn follow(listen: String, number: usize) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(&listen).await?;
    let client = format!("10.{}.{}.1", number / 250, number % 250);
    let request = format!(
        "GET {}?site={SITE}&page={PAGE_KEY} HTTP/1.1\r\nHost: {listen}\r\nX-Forwarded-For: {client}\r\n\r\n",
        address::LIVE
    );
    stream.write_all(request.as_bytes()).await?;
    read_to(&mut stream, BEGINNING).await?;
    Ok(stream)
}

async fn hear(mut stream: TcpStream, heard: mpsc::Sender<()>) -> anyhow::Result<TcpStream> {
    read_to(&mut stream, NEWS).await?;
    heard.send(()).await?;
    Ok(stream)
}

async fn read_to(stream: &mut TcpStream, wanted: &[u8]) -> anyhow::Result<()> {
    let mut text = Vec::new();
    while !text.windows(wanted.len()).any(|window| window == wanted) {
        ensure!(stream.read_buf(&mut text).await? > 0, "the stream ended: {}", String::from_utf8_lossy(&text));
    }
    Ok(())
}
