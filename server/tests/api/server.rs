//! A server under test, and how tests speak to it.

use crate::database::Database;
use afterword::app::{ANSWER_MEMORY_MB, App, Settings};
use afterword::client_address::{PeerAddress, TrustedProxies};
use afterword::clock::Clock;
use afterword::random::SystemRandom;
use afterword::router::router;
use afterword::widget_files::WidgetFiles;
use afterword_store::{CommentStore, NewSite};
use afterword_wire::{CommentId, RequestId, Timestamp, Written};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;
use tower::ServiceExt;

pub const ORIGIN: &str = "https://blog.example";
pub const START: Timestamp = Timestamp(1_795_000_000_000);

/// A clock that stands still until a test moves it.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn advance_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
    fn instant(&self) -> Instant {
        Instant::now()
    }
}

pub struct TestServer {
    pub app: App,
    pub router: Router,
    pub store: Arc<dyn CommentStore>,
    pub clock: Arc<TestClock>,
    _database: Database,
}

/// Limits nobody meets.
fn settings() -> Settings {
    Settings {
        trusted_proxies: TrustedProxies::new(Vec::new()),
        posts_per_minute: 1_000_000_000,
        live_readers: 1_000,
        public_url: None,
        answer_memory_mb: ANSWER_MEMORY_MB,
    }
}

impl TestServer {
    /// Two sites, `blog` and `other`, and limits nobody meets.
    pub async fn start() -> Self {
        Self::with_settings(settings()).await
    }

    pub async fn with(posts_per_minute: u32, proxies: &[&str]) -> Self {
        let networks = proxies.iter().map(|network| network.parse().expect("a network")).collect();
        let trusted_proxies = TrustedProxies::new(networks);
        Self::with_settings(Settings { trusted_proxies, posts_per_minute, ..settings() }).await
    }

    /// One that knows where readers reach it.
    pub async fn at(public_url: &str) -> Self {
        Self::with_settings(Settings { public_url: Some(public_url.to_owned()), ..settings() }).await
    }

    async fn with_settings(settings: Settings) -> Self {
        let database = Database::new();
        let store = afterword_store::open(&database.url()).await.expect("a new database");
        for (slug, origin) in [("blog", ORIGIN), ("other", "https://other.example")] {
            let origins = vec![origin.to_owned()];
            let site = NewSite { slug: slug.to_owned(), origins, edit_window_s: 900, created_at: START };
            store.add_site(site).await.expect("a site");
        }
        let clock = Arc::new(TestClock(AtomicI64::new(START.0)));
        let app = App::new(Arc::clone(&store), clock.clone(), Arc::new(SystemRandom), WidgetFiles::embedded(), settings);
        tokio::spawn(app.clone().follow_changes());
        let live = app.clone();
        tokio::spawn(async move { live.live.tell_changes().await });
        Self { router: router(app.clone()), app, store, clock, _database: database }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Reply { status: parts.status, headers: parts.headers, bytes: bytes.to_vec() }
    }

    pub async fn get(&self, address: &str) -> Reply {
        self.send(Ask::get(address).build()).await
    }

    /// Writes a comment and returns what the server says of it.
    pub async fn comment(&self, guest: &Guest, page: &str, parent: Option<CommentId>, body: &str) -> Written {
        let reply = self.send(Ask::comment(guest, page, parent, body).build()).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        serde_json::from_slice(&reply.bytes).expect("a written comment")
    }

    pub async fn delete(&self, guest: &Guest, comment: CommentId) -> Reply {
        let address = format!("/v1/comments/{comment}?site=blog");
        self.send(Ask::write(Method::DELETE, &address, &json!({ "request_id": request_id() })).by(guest).build()).await
    }
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("JSON is expected: {}", self.text()))
    }

    /// The error code; empty for a success.
    pub fn code(&self) -> String {
        if self.status.is_success() {
            String::new()
        } else {
            self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A browser with its device secret.
#[derive(Clone)]
pub struct Guest(pub String);

impl Guest {
    pub fn new(letter: char) -> Self {
        Self(letter.to_string().repeat(43))
    }
}

/// A request in the making.
pub struct Ask {
    method: Method,
    address: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    peer: IpAddr,
}

impl Ask {
    pub fn new(method: Method, address: &str) -> Self {
        let peer = IpAddr::from([192, 0, 2, 1]);
        Self { method, address: address.to_owned(), headers: Vec::new(), body: Vec::new(), peer }
    }

    pub fn get(address: &str) -> Self {
        Self::new(Method::GET, address)
    }

    /// A write as the widget on a page of the site makes it, without a secret.
    pub fn write(method: Method, address: &str, body: &Value) -> Self {
        let ask = Self::new(method, address).header("origin", ORIGIN).header("content-type", "application/json");
        ask.body(body.to_string())
    }

    pub fn comment(guest: &Guest, page: &str, parent: Option<CommentId>, body: &str) -> Self {
        Self::write(Method::POST, "/v1/comments?site=blog", &new_comment(page, parent, body)).by(guest)
    }

    pub fn by(self, guest: &Guest) -> Self {
        self.header("authorization", &format!("Bearer {}", guest.0))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn from(mut self, peer: &str) -> Self {
        self.peer = peer.parse().expect("an address");
        self
    }

    pub fn build(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(self.address).extension(PeerAddress(self.peer));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.header(header::CONTENT_LENGTH, self.body.len()).body(Body::from(self.body)).expect("a request")
    }
}

/// The body of a new comment by Mara.
pub fn new_comment(page: &str, parent: Option<CommentId>, body: &str) -> Value {
    let mut comment = json!({
        "request_id": request_id(),
        "page": { "key": page },
        "body_markdown": body,
        "author": { "name": "Mara" },
    });
    if let Some(parent) = parent {
        comment["parent_id"] = json!(parent);
    }
    comment
}

/// A request id never used before.
pub fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut random = [0; 16];
    random[8..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    RequestId::from_parts(1_795_000_000_000, random).as_str().to_owned()
}
