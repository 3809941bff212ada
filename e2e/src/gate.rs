//! A gate before the server that holds back what a test wants late.

use crate::Fault;
use anyhow::{Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use futures_util::stream::unfold;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Largest body that passes: more than any asset or answer.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// A proxy on a port of its own. Every request passes at once, except those whose path ends as the gate was told to hold.
pub struct Gate {
    port: u16,
    open: watch::Sender<bool>,
    loses_answers: Arc<AtomicBool>,
    refuses: Arc<AtomicBool>,
    posts: Arc<Mutex<Vec<String>>>,
    fault: Arc<Mutex<Option<(&'static str, Fault)>>>,
    streams: Arc<()>,
    task: tokio::task::JoinHandle<()>,
}

struct Way {
    server: String,
    held_suffix: &'static str,
    open: watch::Receiver<bool>,
    loses_answers: Arc<AtomicBool>,
    refuses: Arc<AtomicBool>,
    posts: Arc<Mutex<Vec<String>>>,
    fault: Arc<Mutex<Option<(&'static str, Fault)>>>,
    /// Held once by each stream of events that is open.
    streams: Arc<()>,
    client: reqwest::Client,
}

impl Gate {
    /// Stands before `server` and holds requests whose path ends with `held_suffix` until [`Gate::open`].
    ///
    /// # Errors
    /// No port is free.
    pub async fn before(server: String, held_suffix: &'static str) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (open, is_open) = watch::channel(false);
        let loses_answers = Arc::new(AtomicBool::new(false));
        let refuses = Arc::new(AtomicBool::new(false));
        let posts = Arc::default();
        let fault = Arc::default();
        let streams = Arc::new(());
        let way = Way {
            server,
            held_suffix,
            open: is_open,
            loses_answers: loses_answers.clone(),
            refuses: refuses.clone(),
            posts: Arc::clone(&posts),
            fault: Arc::clone(&fault),
            streams: Arc::clone(&streams),
            client: reqwest::Client::new(),
        };
        let app = Router::new().fallback(pass).with_state(Arc::new(way));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { port, open, loses_answers, refuses, posts, fault, streams, task })
    }

    /// Lets everything through from now on, what waits included.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Holds back again what it was told to.
    pub fn close(&self) {
        self.open.send_replace(false);
    }

    /// Loses the answers to writes from now on, or no longer: the server takes them, the client never hears of it.
    pub fn lose_answers(&self, does: bool) {
        self.loses_answers.store(does, Ordering::SeqCst);
    }

    /// Lets no write through from now on, as if nobody were there, or no longer.
    pub fn refuse(&self, does: bool) {
        self.refuses.store(does, Ordering::SeqCst);
    }

    /// Lets that befall the answers to requests whose path ends with `suffix` from now on, or (`None`) nothing any more.
    pub fn spoil(&self, suffix: &'static str, fault: Option<Fault>) {
        if let Ok(mut spoilt) = self.fault.lock() {
            *spoilt = fault.map(|fault| (suffix, fault));
        }
    }

    /// The bodies of all writes so far, as they were sent, whatever became of them.
    #[must_use]
    pub fn posts(&self) -> Vec<String> {
        self.posts.lock().map(|posts| posts.clone()).unwrap_or_default()
    }

    /// How many streams of events are open.
    #[must_use]
    pub fn streams(&self) -> usize {
        // Two belong to this gate itself.
        Arc::strong_count(&self.streams) - 2
    }

    /// Its address, to be used in place of the server's.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(State(way): State<Arc<Way>>, request: Request) -> Response {
    if request.uri().path().ends_with(way.held_suffix) {
        let _ = way.open.clone().wait_for(|is_open| *is_open).await;
    }
    let is_lost = request.method() == Method::POST && way.loses_answers.load(Ordering::SeqCst);
    let is_refused = request.method() == Method::POST && way.refuses.load(Ordering::SeqCst);
    match way.forward(request, is_refused).await {
        Ok(answer) if !is_lost => answer,
        _ => {
            let mut refusal = Response::new(Body::empty());
            *refusal.status_mut() = StatusCode::BAD_GATEWAY;
            refusal
        }
    }
}

impl Way {
    async fn forward(&self, request: Request, is_refused: bool) -> Result<Response> {
        let (head, body) = request.into_parts();
        let url = format!("{}{}", self.server, head.uri);
        let body = to_bytes(body, MAX_BODY_BYTES).await?;
        if head.method == Method::POST
            && let Ok(mut posts) = self.posts.lock()
        {
            posts.push(String::from_utf8_lossy(&body).into_owned());
        }
        ensure!(!is_refused, "nobody is there");
        let spoilt = self.fault.lock().ok().and_then(|spoilt| *spoilt);
        let fault = spoilt.filter(|(suffix, _)| head.uri.path().ends_with(suffix)).map(|(_, fault)| fault);
        let answer = self.client.request(head.method, url).headers(end_to_end(head.headers)).body(body).send().await?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answer.status();
        *response.headers_mut() = end_to_end(answer.headers().clone());
        if answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
            *response.body_mut() = stream(answer, Arc::clone(&self.streams));
            return Ok(response);
        }
        let bytes = answer.bytes().await?;
        if let Some(fault) = fault {
            return Ok(fault.befall(response, bytes));
        }
        *response.body_mut() = Body::from(bytes);
        Ok(response)
    }
}

/// Hands each part on as it comes.
fn stream(answer: reqwest::Response, open: Arc<()>) -> Body {
    let parts = unfold((answer, open), async |(mut answer, open)| {
        let part = answer.chunk().await.transpose()?;
        Some((part, (answer, open)))
    });
    Body::from_stream(parts)
}

/// Leaves out what belongs to one connection only.
fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    for name in [header::HOST, header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH] {
        headers.remove(name);
    }
    headers
}
