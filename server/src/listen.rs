//! The accept loop: connections with limits on number, silence, slowness and shutdown.
//!
//! `axum::serve` has no deadline for a request's head: connections that never send one stay open for ever.

use crate::client_address::PeerAddress;
use crate::failure::Failure;
use afterword_wire::ErrorCode;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How long the loop rests when the system refuses a connection, as it does when file handles run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What connections may cost.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Open at once; who comes later waits in the system's queue.
    pub max_connections: usize,
    /// From the opening, or the end of the answer before, to the end of the next request's head.
    pub head_timeout: Duration,
    /// From the end of the head to the answer.
    pub request_timeout: Duration,
    /// How long a client may take nothing of an answer.
    pub write_timeout: Duration,
    /// How long requests in flight may take to finish once the server stops.
    pub drain_timeout: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            max_connections: 4096,
            head_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(35),
            write_timeout: Duration::from_secs(15),
            drain_timeout: Duration::from_secs(8),
        }
    }
}

/// Serves until `stop` is done, then finishes what is in flight.
pub async fn serve(listener: TcpListener, router: Router, limits: ConnectionLimits, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.max_connections));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        serve_connection(stream, peer, place, router.clone(), limits, &graceful);
    }
    drop(listener);
    if tokio::time::timeout(limits.drain_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still in flight when the time to finish was over");
    }
}

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer.ip(), place)),
        Err(error) => {
            tracing::warn!(cause = %error, "a connection could not be accepted");
            None
        }
    }
}

fn serve_connection(
    stream: TcpStream,
    peer: IpAddr,
    place: OwnedSemaphorePermit,
    router: Router,
    limits: ConnectionLimits,
    graceful: &GracefulShutdown,
) {
    // Answers are small and written whole: waiting for more to send only delays them. A failure here costs nothing else.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_timeout));
    let stream: Pin<Box<TimeoutStream<TcpStream>>> = Box::pin(stream);
    let service = service_fn(move |request| answer(router.clone(), request, peer, limits.request_timeout));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_timeout);
    let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // A connection that breaks off is the client's affair, and not worth a line in the log.
        let _ = connection.await;
        drop(place);
    });
}

async fn answer(router: Router, request: Request<Incoming>, peer: IpAddr, within: Duration) -> Result<Response, Infallible> {
    let mut request = request.map(axum::body::Body::new);
    request.extensions_mut().insert(PeerAddress(peer));
    let answering = tokio::time::timeout(within, router.oneshot(request));
    answering.await.unwrap_or_else(|_| Ok(Failure::new(ErrorCode::Timeout, "the request took too long").into_response()))
}
