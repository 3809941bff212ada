//! What all handlers share.

use crate::answer_cache::AnswerCache;
use crate::client_address::TrustedProxies;
use crate::clock::Clock;
use crate::live::{LiveHub, LivePlaces};
use crate::new_ids::RisingIds;
use crate::random::Random;
use crate::rate_limit::RateLimits;
use crate::site_cache::SiteCache;
use crate::turns::Turns;
use crate::widget_files::WidgetFiles;
use afterword_store::{Change, CommentStore};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// Memory for answers kept rendered and packed, in MB, unless the operator says otherwise: some thousand threads of usual size.
pub const ANSWER_MEMORY_MB: u32 = 64;

/// What an operator decides about a running server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: TrustedProxies,
    /// Writes one address, and one device, may make in a minute.
    pub posts_per_minute: u32,
    /// Readers who may follow threads at the same time; 0: nobody is told of changes as they happen.
    pub live_readers: usize,
    /// Where readers reach this server, for the API description.
    pub public_url: Option<String>,
    /// Memory for answers kept rendered and packed, in MB; with 0 every one is made anew.
    pub answer_memory_mb: u32,
}

/// Everything handlers share; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// See [`App`].
pub struct Shared {
    /// The database.
    pub store: Arc<dyn CommentStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random numbers.
    pub random: Arc<dyn Random>,
    /// Ids for new comments and changes.
    pub ids: RisingIds,
    /// Sites by slug.
    pub sites: SiteCache,
    /// Anonymous answers.
    pub answers: AnswerCache,
    /// Whose turn it is to write.
    pub turns: Turns,
    /// How often who may write.
    pub limits: RateLimits,
    /// Who is told of changes as they happen.
    pub live: LiveHub,
    /// How many may be.
    pub live_places: LivePlaces,
    /// The widget as built.
    pub widget: WidgetFiles,
    /// What the operator decided.
    pub settings: Settings,
    changes: Mutex<Receiver<Change>>,
}

impl App {
    /// The shared state of a server before that store.
    pub fn new(
        store: Arc<dyn CommentStore>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        widget: WidgetFiles,
        settings: Settings,
    ) -> Self {
        Self(Arc::new(Shared {
            sites: SiteCache::new(Arc::clone(&store), Arc::clone(&clock)),
            ids: RisingIds::default(),
            live: LiveHub::new(Arc::clone(&store)),
            live_places: LivePlaces::new(settings.live_readers),
            answers: AnswerCache::new(u64::from(settings.answer_memory_mb) << 20),
            turns: Turns::default(),
            limits: RateLimits::new(settings.posts_per_minute),
            changes: Mutex::new(store.changes()),
            store,
            clock,
            random,
            widget,
            settings,
        }))
    }

    /// Lets go of kept answers as soon as the store reports changes, those of other processes too. Ends with the store.
    pub async fn follow_changes(self) {
        let mut signal = self.store.changes();
        while !matches!(signal.recv().await, Err(RecvError::Closed)) {
            self.note_changes();
        }
    }

    /// Lets go of the answers that no longer hold, as far as the store has reported it. It reports a write before it answers
    /// it, so a handler that calls this before its own answer never leaves an author with a thread without their comment.
    pub fn note_changes(&self) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match changes.try_recv() {
                Ok(Change::Thread { site_id, page_key }) => self.answers.stamps().thread_changed(site_id, &page_key),
                Ok(Change::Everything) | Err(TryRecvError::Lagged(_)) => {
                    self.answers.stamps().everything_changed();
                    self.sites.clear();
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
