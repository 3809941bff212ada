//! The accept loop: connections with limits on number, silence, slowness and shutdown.
//!
//! `axum::serve` has no deadline for a request's head: connections that never send one stay open for ever.

use crate::client_address::PeerAddress;
use crate::failure::Failure;
use crate::live::{HandedOver, Live, head_of, pour};
use afterword_wire::ErrorCode;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How long the loop rests when the system refuses a connection, as it does when file handles run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

type Socket = Pin<Box<TimeoutStream<TcpStream>>>;

/// What connections may cost.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Open at once, besides streams of events; who comes later waits in the system's queue.
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

/// Serves until `stop` is done, then finishes what is in flight. Streams that have no end are ended.
pub async fn serve(listener: TcpListener, router: Router, limits: ConnectionLimits, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(());
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
        tokio::spawn(serve_connection(stream, peer, place, router.clone(), limits, stopped.clone()));
    }
    drop((listener, stopped));
    // Every connection holds one of these until it is done.
    stopping.send_replace(());
    if tokio::time::timeout(limits.drain_timeout, stopping.closed()).await.is_err() {
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

async fn serve_connection(
    stream: TcpStream,
    peer: IpAddr,
    place: OwnedSemaphorePermit,
    router: Router,
    limits: ConnectionLimits,
    mut stopped: watch::Receiver<()>,
) {
    // Answers are small and written whole: waiting for more to send only delays them. A failure here costs nothing else.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_timeout));
    let stream: Socket = Box::pin(stream);
    let (hand_over, mut handed_over) = oneshot::channel();
    let hand_over = Arc::new(Mutex::new(Some(hand_over)));
    let service =
        service_fn(move |request| answer(router.clone(), request, peer, limits.request_timeout, Arc::clone(&hand_over)));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_timeout);
    // In a box, so that what goes on without hyper does not keep the room hyper needed.
    let mut connection = Box::new(http.serve_connection(TokioIo::new(stream), service));
    let mut is_stopping = false;
    loop {
        tokio::select! {
            // A connection that breaks off is the client's affair, and not worth a line in the log.
            _ = &mut connection => return,
            Ok(live) = &mut handed_over => {
                let stream = connection.into_parts().io.into_inner();
                drop(place);
                tokio::spawn(serve_live(stream, live, limits.write_timeout, stopped));
                return;
            }
            _ = stopped.changed(), if !is_stopping => {
                is_stopping = true;
                Pin::new(&mut *connection).graceful_shutdown();
            }
        }
    }
}

/// A stream of events, until the reader goes or the server stops.
async fn serve_live(stream: Socket, live: Live, write_timeout: Duration, mut stopped: watch::Receiver<()>) {
    let stream = stream.as_ref().get_ref().get_ref();
    tokio::select! {
        () = pour(stream, live, write_timeout) => {}
        _ = stopped.changed() => {}
    }
}

async fn answer(
    router: Router,
    request: Request<Incoming>,
    peer: IpAddr,
    within: Duration,
    hand_over: Arc<Mutex<Option<oneshot::Sender<Live>>>>,
) -> Result<Response, Infallible> {
    let mut request = request.map(axum::body::Body::new);
    request.extensions_mut().insert(PeerAddress(peer));
    let answering = tokio::time::timeout(within, router.oneshot(request));
    let Ok(Ok(mut response)) = answering.await else {
        return Ok(Failure::new(ErrorCode::Timeout, "the request took too long").into_response());
    };
    let listener = response.extensions_mut().remove::<HandedOver>().and_then(|handed_over| handed_over.take());
    let Some(listener) = listener else { return Ok(response) };
    let hand_over = hand_over.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Ok(())) = hand_over.map(|hand_over| hand_over.send(Live { head: head_of(&response), listener })) {
        // The connection is no longer hyper's; this is dropped with all that belongs to it.
        std::future::pending::<()>().await;
    }
    Ok(response)
}
