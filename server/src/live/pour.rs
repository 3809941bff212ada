//! From a room into a socket, with nothing between: hyper keeps 16 kB of buffers for each connection, which 10,000 readers who
//! mostly wait have no use for.

use super::listener::Listener;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use std::io::{Error, ErrorKind, Result};
use std::time::Duration;
use tokio::net::TcpStream;

/// Bytes taken at once from a reader who says something more; nothing of it is heard.
const READ_BYTES: usize = 64;

/// A stream of events that begins.
#[derive(Debug)]
pub struct Live {
    /// The answer's head, as it goes over the wire.
    pub head: Vec<u8>,
    /// Who listens.
    pub listener: Listener,
}

/// The head of an answer that ends where the connection does.
pub fn head_of(response: &Response) -> Vec<u8> {
    let mut head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n".to_vec();
    // The body handed over is empty; what is poured has no length.
    for (name, value) in response.headers().iter().filter(|(name, _)| **name != CONTENT_LENGTH) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// Writes the head of the answer and then all that the room hears, until the reader goes, does not read, or the room closes.
pub async fn pour(stream: &TcpStream, live: Live, write_timeout: Duration) {
    let Live { head, listener: Listener { beginning, mut events, place } } = live;
    let telling = async {
        write(stream, &[&head, &*beginning].concat(), write_timeout).await?;
        drop((head, beginning));
        // One that lags does not read. It finds the place where it was when it connects again.
        while let Ok(event) = events.recv().await {
            write(stream, &event, write_timeout).await?;
        }
        Result::Ok(())
    };
    tokio::select! {
        _ = telling => {}
        _ = gone(stream) => {}
    }
    drop(place);
}

async fn write(stream: &TcpStream, mut bytes: &[u8], within: Duration) -> Result<()> {
    while !bytes.is_empty() {
        match stream.try_write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let ready = tokio::time::timeout(within, stream.writable());
                ready.await.map_err(|_| Error::from(ErrorKind::TimedOut))??;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Done when the reader has closed the connection, or it broke.
async fn gone(stream: &TcpStream) -> Result<()> {
    loop {
        stream.readable().await?;
        match stream.try_read(&mut [0; READ_BYTES]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_address::{ClientAddress, TrustedProxies};
    use crate::live::LivePlaces;
    use axum::http::HeaderMap;
    use hyper::body::Bytes;
    use tokio::net::TcpListener;
    use tokio::sync::broadcast;

    /// Long against a loaded machine's hiccups, short against a person's patience.
    const SHORT: Duration = Duration::from_millis(300);

    /// A stream to somebody who reads nothing, and the room it hears.
    async fn deaf(queue: usize) -> (TcpStream, TcpStream, Live, broadcast::Sender<Bytes>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let reader = TcpStream::connect(listener.local_addr().expect("an address")).await.expect("connects");
        let (stream, peer) = listener.accept().await.expect("accepts");
        let room = broadcast::Sender::new(queue);
        let client = ClientAddress::find(peer.ip(), &HeaderMap::new(), &TrustedProxies::default());
        let place = LivePlaces::new(1).take(client).expect("free");
        let listener = Listener { beginning: Bytes::new(), events: room.subscribe(), place };
        (stream, reader, Live { head: Vec::new(), listener }, room)
    }

    #[tokio::test]
    async fn who_takes_nothing_is_let_go() {
        let (stream, _reader, live, room) = deaf(64).await;
        room.send(vec![b'x'; 64 << 20].into()).expect("somebody listens");
        tokio::time::timeout(SHORT * 30, pour(&stream, live, SHORT)).await.expect("it was never given up");
    }

    #[tokio::test]
    async fn who_is_too_far_behind_is_let_go() {
        let (stream, _reader, live, room) = deaf(64).await;
        for _ in 0..65 {
            room.send(Bytes::from_static(b"x")).expect("somebody listens");
        }
        tokio::time::timeout(SHORT * 30, pour(&stream, live, SHORT * 100)).await.expect("it was never given up");
    }
}
