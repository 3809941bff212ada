//! People who comment at the same time, each as their widget would: what is not acknowledged is sent again as it was.

use super::acknowledged::{Acknowledged, Acknowledgements};
use crate::cluster::server::ORIGIN;
use crate::program::SITE;
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use afterword_wire::{AuthorFields, CommentId, NewComment, PageRef, RequestId, Written, address};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const CLIENTS: usize = 24;
/// Threads that are written to: several, so that one batch locks more than one.
pub const PAGES: [&str; 4] = ["/cluster/1", "/cluster/2", "/cluster/3", "/cluster/4"];
/// From an answer to the next comment of the same client.
const PAUSE: Duration = Duration::from_millis(100);
/// From a failure to the next try. The widget waits longer; what is to be found out is when writes are possible again.
const AGAIN_AFTER: Duration = Duration::from_millis(200);
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);
const CREATED: u16 = 201;

/// All of them, at work until they are told to stop.
pub struct Clients {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    url: String,
    next: AtomicU64,
    is_ending: AtomicBool,
    attempts: AtomicU64,
    acknowledgements: Acknowledgements,
}

impl Clients {
    /// Has them begin, through the proxy on that port.
    pub fn start(port: u16) -> Self {
        let shared = Arc::new(Shared {
            url: format!("http://127.0.0.1:{port}{}?site={SITE}", address::COMMENTS),
            next: AtomicU64::new(0),
            is_ending: AtomicBool::new(false),
            attempts: AtomicU64::new(0),
            acknowledgements: Acknowledgements::default(),
        });
        let client = |number| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || comment_until_told(&shared, number))
        };
        let threads = (0..CLIENTS).map(client).collect();
        Self { shared, threads }
    }

    /// What was acknowledged so far.
    pub fn acknowledgements(&self) -> &Acknowledgements {
        &self.shared.acknowledgements
    }

    /// Waits until each has got its last comment acknowledged. Returns all, and how often one was sent.
    pub fn stop(self) -> (Vec<Acknowledged>, u64) {
        self.shared.is_ending.store(true, Ordering::Relaxed);
        for thread in self.threads {
            // One that panicked has said so, and what it had promised is missed below.
            let _ = thread.join();
        }
        (self.shared.acknowledgements.so_far(), self.shared.attempts.load(Ordering::Relaxed))
    }
}

/// The body of the comment of that number.
pub fn body_of(number: u64) -> String {
    format!("comment number {number}, once")
}

fn comment_until_told(shared: &Shared, client: usize) {
    let config = ureq::Agent::config_builder().timeout_global(Some(ANSWERS_WITHIN)).http_status_as_error(false);
    let agent: ureq::Agent = config.build().into();
    let secret = format!("{BEARER}{client:0>DEVICE_SECRET_CHARS$}", BEARER = address::BEARER);
    let page = PAGES[client % PAGES.len()];
    let mut root = None;
    while !shared.is_ending.load(Ordering::Relaxed) {
        let number = shared.next.fetch_add(1, Ordering::Relaxed);
        // Every other one answers this client's last root comment.
        let comment = comment(number, page, root.take());
        let sent_at = Instant::now();
        let comment_id = loop {
            shared.attempts.fetch_add(1, Ordering::Relaxed);
            match send(&agent, &shared.url, &secret, &comment) {
                Some(comment_id) => break comment_id,
                None => std::thread::sleep(AGAIN_AFTER),
            }
        };
        shared.acknowledgements.note(Acknowledged { number, comment_id, sent_at, at: Instant::now() });
        root = comment.parent_id.is_none().then_some(comment_id);
        std::thread::sleep(PAUSE);
    }
}

fn comment(number: u64, page: &str, parent_id: Option<CommentId>) -> NewComment {
    let mut random = [0; 16];
    random[8..].copy_from_slice(&number.to_be_bytes());
    NewComment {
        request_id: RequestId::from_parts(1, random),
        page: PageRef { key: page.to_owned(), ..PageRef::default() },
        parent_id,
        body_markdown: body_of(number),
        author: AuthorFields { name: "Mara".to_owned(), ..AuthorFields::default() },
    }
}

/// The id of the comment, where the answer is a whole acknowledgement.
fn send(agent: &ureq::Agent, url: &str, secret: &str, comment: &NewComment) -> Option<CommentId> {
    let body = serde_json::to_string(comment).ok()?;
    let request = agent.post(url).header("Origin", ORIGIN).header("Authorization", secret);
    let mut answer = request.header("Content-Type", "application/json").send(body).ok()?;
    let text = answer.body_mut().read_to_string().ok()?;
    if answer.status().as_u16() != CREATED {
        return None;
    }
    Some(serde_json::from_str::<Written>(&text).ok()?.comment.id)
}
