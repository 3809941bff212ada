//! One room for each page that somebody follows.

use super::event::{self, HEARTBEAT};
use super::listener::Listener;
use super::places::LivePlace;
use crate::failure::Answer;
use afterword_store::{Change, ChangeLog, CommentStore, SiteId};
use afterword_wire::ChangeId;
use afterword_wire::limits::MAX_CHANGES;
use hyper::body::Bytes;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// Events a reader may be behind; who is further behind does not read, and is let go.
const MAX_QUEUED: usize = 64;
/// How often every reader hears that the connection lives. Proxies wait a minute, as a rule.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(20);

type Page = (SiteId, String);

/// Reads what changed, once for all who follow a page, and tells them.
pub struct LiveHub {
    store: Arc<dyn CommentStore>,
    rooms: Mutex<HashMap<Page, Arc<Room>>>,
}

struct Room {
    events: broadcast::Sender<Bytes>,
    told: tokio::sync::Mutex<Told>,
}

/// How far the readers of a room have been told.
#[derive(Default)]
struct Told {
    /// Whether anybody has looked where the log stands.
    is_known: bool,
    /// The newest entry told; `None` for an empty log.
    up_to: Option<ChangeId>,
    /// The entries read last, should some come again.
    last: HashSet<ChangeId>,
}

impl LiveHub {
    /// Nobody follows anything yet.
    pub fn new(store: Arc<dyn CommentStore>) -> Self {
        Self { store, rooms: Mutex::default() }
    }

    /// Follows a page from a place in its log on. What happened since stands at the beginning; a `reset` where the log does not
    /// reach back that far, or tells too much.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn follow(&self, site_id: SiteId, page_key: &str, after: Option<ChangeId>, place: LivePlace) -> Answer<Listener> {
        let (room, events) = self.enter((site_id, page_key.to_owned()));
        // After entering: what happens from now on is heard, should the log not tell it yet.
        let log = self.store.read_changes(site_id, page_key, after, MAX_CHANGES).await?;
        let mut told = room.told.lock().await;
        if !told.is_known {
            *told = Told { is_known: true, up_to: log.as_of, last: HashSet::new() };
        }
        Ok(Listener { beginning: beginning(&log)?, events, place })
    }

    /// Tells of every change from now on, and that connections live. Ends with the store.
    pub async fn tell_changes(&self) {
        let mut changes = self.store.changes();
        let mut heartbeat = tokio::time::interval(HEARTBEAT_EVERY);
        loop {
            let first = tokio::select! {
                change = changes.recv() => change,
                _ = heartbeat.tick() => {
                    self.beat();
                    continue;
                }
            };
            let mut pages = HashSet::new();
            match first {
                Ok(Change::Thread { site_id, page_key }) => _ = pages.insert((site_id, page_key)),
                Ok(Change::Everything) | Err(RecvError::Lagged(_)) => pages.extend(self.pages()),
                Err(RecvError::Closed) => return,
            }
            self.drain(&mut changes, &mut pages);
            for page in pages {
                self.tell(page).await;
            }
        }
    }

    /// What else is reported already: many changes of one page are read at once.
    fn drain(&self, changes: &mut broadcast::Receiver<Change>, pages: &mut HashSet<Page>) {
        loop {
            match changes.try_recv() {
                Ok(Change::Thread { site_id, page_key }) => _ = pages.insert((site_id, page_key)),
                Ok(Change::Everything) | Err(TryRecvError::Lagged(_)) => pages.extend(self.pages()),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    async fn tell(&self, page: Page) {
        let Some(room) = self.rooms().get(&page).cloned() else { return };
        let mut told = room.told.lock().await;
        // Who is about to look will find this change in the log.
        if !told.is_known {
            return;
        }
        if let Err(failure) = self.tell_room(&page, &room, &mut told).await {
            // The next change, and everyone who connects again, reads the log from where it was left.
            failure.log();
        }
    }

    async fn tell_room(&self, (site_id, page_key): &Page, room: &Room, told: &mut Told) -> Answer<()> {
        loop {
            let log = self.store.read_changes(*site_id, page_key, told.up_to, MAX_CHANGES).await?;
            let has_more = log.has_more();
            let (known, new): (Vec<_>, Vec<_>) = log.entries.into_iter().partition(|entry| told.last.contains(&entry.id));
            let Some(newest) = new.last().map(|entry| entry.id) else { return Ok(()) };
            // Nobody listening is fine.
            let _ = room.events.send(event::write_events(&new)?.into());
            told.up_to = told.up_to.max(Some(newest));
            told.last = known.into_iter().chain(new).map(|entry| entry.id).collect();
            if !has_more {
                return Ok(());
            }
        }
    }

    /// Tells all that the connection lives, and closes rooms that everybody has left.
    fn beat(&self) {
        self.rooms().retain(|_, room| room.events.send(HEARTBEAT).is_ok());
    }

    fn enter(&self, page: Page) -> (Arc<Room>, broadcast::Receiver<Bytes>) {
        let new_room = || Arc::new(Room { events: broadcast::Sender::new(MAX_QUEUED), told: Default::default() });
        let mut rooms = self.rooms();
        let room = rooms.entry(page).or_insert_with(new_room);
        // While the rooms are held: a room with somebody in it is not closed.
        (Arc::clone(room), room.events.subscribe())
    }

    fn pages(&self) -> Vec<Page> {
        self.rooms().keys().cloned().collect()
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<Page, Arc<Room>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a reader hears first.
fn beginning(log: &ChangeLog) -> Answer<Bytes> {
    let mut text = event::opening();
    if log.is_whole && !log.has_more() {
        text += &event::write_events(&log.entries)?;
    } else {
        text += &event::reset(log.as_of);
    }
    Ok(text.into())
}
