//! The accept loop before real sockets: who is silent or slow is let go, who is served is let finish.

use afterword::app::{App, Settings};
use afterword::client_address::TrustedProxies;
use afterword::clock::SystemClock;
use afterword::listen::{ConnectionLimits, serve};
use afterword::random::SystemRandom;
use afterword::widget_files::WidgetFiles;
use afterword_store::NewSite;
use afterword_wire::Timestamp;
use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Long against a loaded machine's hiccups, short against a person's patience.
const SHORT: Duration = Duration::from_millis(300);
/// Within this everything short must have happened.
const PATIENCE: Duration = Duration::from_secs(10);

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(limits: ConnectionLimits) -> Server {
    let big = vec![b'x'; 64 << 20];
    let router = Router::new()
        .route("/", get(|| async { "hello" }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(SHORT).await;
                "done"
            }),
        )
        .route("/never", get(|| async { std::future::pending::<()>().await }))
        .route("/big", get(move || async move { Bytes::from(big) }))
        .route("/echo", post(|body: Bytes| async { body }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, router, limits, async {
        let _ = stopped.await;
    }));
    Server { address, stop, task }
}

fn limits() -> ConnectionLimits {
    ConnectionLimits { head_timeout: SHORT, request_timeout: SHORT * 3, write_timeout: SHORT, ..ConnectionLimits::default() }
}

async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.expect("a connection")
}

/// What the server sends until it closes.
async fn read_to_close(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset closes too.
    let _ = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the server never closed");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_connection_that_sends_nothing_is_closed() {
    let server = start(limits()).await;
    let mut stream = connect(&server).await;
    let began = Instant::now();
    read_to_close(&mut stream).await;
    assert!(began.elapsed() >= SHORT);
}

#[tokio::test]
async fn a_head_that_drips_is_closed() {
    let server = start(limits()).await;
    let (mut read, mut write) = connect(&server).await.into_split();
    let dripping = tokio::spawn(async move {
        for byte in b"GET / HTTP/1.1\r\nx: ".iter().chain(std::iter::repeat_n(&b'x', 1000)) {
            if write.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(SHORT / 10).await;
        }
    });
    let mut bytes = Vec::new();
    let _ = tokio::time::timeout(PATIENCE, read.read_to_end(&mut bytes)).await.expect("the server never closed");
    assert!(!String::from_utf8_lossy(&bytes).contains("200 OK"));
    dripping.abort();
}

#[tokio::test]
async fn a_connection_that_falls_silent_after_an_answer_is_closed() {
    let server = start(limits()).await;
    let mut stream = connect(&server).await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    assert!(read_to_close(&mut stream).await.ends_with("hello"));
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_let_go() {
    let server = start(ConnectionLimits { max_connections: 1, ..limits() }).await;
    let mut deaf = connect(&server).await;
    deaf.write_all(b"GET /big HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    // There is one place: the next client is served only after the deaf one has lost it.
    let mut next = connect(&server).await;
    next.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("sent");
    assert!(read_to_close(&mut next).await.ends_with("hello"));
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_so() {
    let server = start(limits()).await;
    let mut stream = connect(&server).await;
    stream.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("sent");
    let answer = read_to_close(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"code\":\"timeout\""), "{answer}");
}

#[tokio::test]
async fn a_body_that_stops_coming_is_answered_so() {
    let server = start(limits()).await;
    let mut stream = connect(&server).await;
    stream.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf").await.expect("sent");
    assert!(read_to_close(&mut stream).await.starts_with("HTTP/1.1 408"));
}

#[tokio::test]
async fn a_request_in_flight_finishes_when_the_server_stops() {
    let server = start(limits()).await;
    let (mut idle, mut busy) = (connect(&server).await, connect(&server).await);
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    tokio::time::sleep(SHORT / 3).await;
    server.stop.send(()).expect("the server listens");
    assert!(read_to_close(&mut busy).await.ends_with("done"));
    read_to_close(&mut idle).await;
    tokio::time::timeout(PATIENCE, server.task).await.expect("the server never stopped").expect("no panic");
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn a_stopping_server_does_not_wait_for_ever() {
    let endless = ConnectionLimits { request_timeout: PATIENCE * 10, drain_timeout: SHORT, ..limits() };
    let server = start(endless).await;
    let mut stuck = connect(&server).await;
    stuck.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    tokio::time::sleep(SHORT / 3).await;
    server.stop.send(()).expect("the server listens");
    tokio::time::timeout(PATIENCE, server.task).await.expect("the server never stopped").expect("no panic");
}

/// A server before an empty database, and a page that somebody follows.
async fn start_app(limits: ConnectionLimits) -> (Server, App, tempfile::TempDir) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("afterword.db");
    let store = afterword_store::open(file.to_str().expect("UTF-8")).await.expect("a new database");
    let site = NewSite { slug: "blog".to_owned(), origins: Vec::new(), edit_window_s: 900, created_at: Timestamp(0) };
    store.add_site(site).await.expect("a site");
    let trusted_proxies = TrustedProxies::default();
    let settings = Settings { trusted_proxies, posts_per_minute: 1, live_readers: 100, public_url: None, answer_memory_mb: 1 };
    let app = App::new(store, Arc::new(SystemClock), Arc::new(SystemRandom), WidgetFiles::embedded(), settings);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let router = afterword::router::router(app.clone());
    let task = tokio::spawn(serve(listener, router, limits, async {
        let _ = stopped.await;
    }));
    (Server { address, stop, task }, app, dir)
}

/// One that follows the page, as far as the end of its stream's beginning.
async fn follow(server: &Server) -> TcpStream {
    let mut stream = connect(server).await;
    let request = "GET /v1/live?site=blog&page=/a HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip, br\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut text = String::new();
    while !text.ends_with("retry: 3000\n\n") {
        let mut bytes = [0; 1024];
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut bytes)).await.expect("in time").expect("open");
        assert!(read > 0, "the stream ended: {text}");
        text += &String::from_utf8_lossy(&bytes[..read]);
    }
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.contains("content-type: text/event-stream\r\n"), "{text}");
    assert!(!text.contains("content-encoding") && !text.contains("content-length"), "{text}");
    stream
}

/// Waits until so many follow.
async fn until_followed_by(app: &App, count: usize) {
    let reached = async {
        while app.live_places.count() != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, reached).await.expect("the number of readers");
}

#[tokio::test]
async fn a_stream_outlasts_every_deadline_and_takes_no_place_from_others() {
    let (server, app, _dir) = start_app(ConnectionLimits { max_connections: 1, ..limits() }).await;
    let mut streams = [follow(&server).await, follow(&server).await];
    let mut byte = [0];
    let quiet = tokio::time::timeout(SHORT * 5, streams[0].read(&mut byte)).await;
    assert!(quiet.is_err(), "something came, or the stream ended: {quiet:?}");
    let mut next = connect(&server).await;
    next.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("sent");
    assert!(read_to_close(&mut next).await.starts_with("HTTP/1.1 200"));
    until_followed_by(&app, 2).await;
    drop(streams);
    until_followed_by(&app, 0).await;
}

#[tokio::test]
async fn a_stopping_server_ends_streams_at_once() {
    let (server, app, _dir) = start_app(ConnectionLimits { drain_timeout: PATIENCE * 10, ..limits() }).await;
    let mut stream = follow(&server).await;
    server.stop.send(()).expect("the server listens");
    tokio::time::timeout(PATIENCE, server.task).await.expect("the server never stopped").expect("no panic");
    assert_eq!(read_to_close(&mut stream).await, "");
    until_followed_by(&app, 0).await;
}

#[tokio::test]
async fn what_follows_a_request_for_a_stream_is_not_heard() {
    let (server, app, _dir) = start_app(limits()).await;
    let mut stream = follow(&server).await;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    let mut byte = [0];
    assert!(tokio::time::timeout(SHORT, stream.read(&mut byte)).await.is_err(), "an answer came");
    until_followed_by(&app, 1).await;
}
