//! Anonymous answers, kept rendered and packed until the thread they show changes.

use crate::change_stamps::ChangeStamps;
use crate::encoding::Encoding;
use crate::failure::{Answer, Failure};
use crate::kept_answer::{AsOf, KeptAnswer, Produced};
use crate::reach::Reach;
use afterword_store::search::SearchQuery;
use afterword_store::{Listing, SiteId};
use afterword_widget::text::Lang;
use afterword_wire::{ChangeId, CommentId, Sort};
use moka::sync::Cache;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{Mutex, Semaphore};

/// How many answers are made at the same time at most. Requests for the same answer wait for the first of them.
const LANES: usize = 32;

/// What an answer shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A slice of the thread of that page.
    Thread(String),
    /// The replies below a comment.
    Branch(CommentId),
    /// A comment of that page with what surrounds it.
    Permalink(String, CommentId),
    /// Comments of a page in which something stands.
    Search {
        /// The page.
        page: String,
        /// What is looked for.
        query: SearchQuery,
        /// How many of them at most.
        limit: u32,
    },
    /// The counts of these pages.
    Counts(Vec<String>),
    /// What changed in the thread of that page since a place in its log.
    Changes(String, Option<ChangeId>),
}

/// In which form it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// JSON.
    Json,
    /// Painted as a list, for the widget.
    Results(Lang),
    /// JSON, with counts in words too.
    Worded(Lang),
    /// Painted, for `embed.js`.
    Fragment(Lang),
    /// Painted, with the element that holds it, for the page's own HTML.
    Declarative(Lang),
    /// Painted, inside `embed.js`.
    Script(Lang),
    /// Painted, as a document of its own without forms, for readers it reaches so.
    Document(Lang, Reach),
}

/// Names one anonymous answer: everything on which its bytes depend, besides the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnswerKey {
    /// The site.
    pub site_id: SiteId,
    /// What is shown.
    pub subject: Subject,
    /// In which order.
    pub sort: Sort,
    /// How much of it.
    pub limit: u32,
    /// From where on.
    pub cursor: Option<String>,
    /// From which root comment on.
    pub at: Option<CommentId>,
    /// In which form.
    pub form: Form,
    /// How packed.
    pub encoding: Encoding,
}

impl AnswerKey {
    /// The part of a listing that is shown.
    pub fn listing(&self) -> Listing {
        Listing { sort: self.sort, limit: self.limit, cursor: self.cursor.clone(), at: self.at }
    }
}

/// The answers that are kept, and the stamps that say which of them still hold.
#[derive(Debug)]
pub struct AnswerCache {
    answers: Cache<AnswerKey, Arc<KeptAnswer>>,
    stamps: ChangeStamps,
    lanes: Vec<Mutex<()>>,
    hasher: RandomState,
    improving: Arc<Semaphore>,
}

impl AnswerCache {
    /// An empty cache that grows to at most so many bytes.
    pub fn new(max_bytes: u64) -> Self {
        let answers = Cache::builder()
            .max_capacity(max_bytes)
            .weigher(|_, answer: &Arc<KeptAnswer>| u32::try_from(answer.size_bytes()).unwrap_or(u32::MAX))
            .build();
        let lanes = (0..LANES).map(|_| Mutex::new(())).collect();
        // One at a time: packing thoroughly is the one thing here that could keep a processor from readers.
        let improving = Arc::new(Semaphore::new(1));
        Self { answers, stamps: ChangeStamps::default(), lanes, hasher: RandomState::new(), improving }
    }

    /// Where changes are noted.
    pub fn stamps(&self) -> &ChangeStamps {
        &self.stamps
    }

    /// The answer of that name if it is kept and still holds.
    pub fn get(&self, key: &AnswerKey) -> Option<Arc<KeptAnswer>> {
        let answer = self.answers.get(key)?;
        if answer.as_of.stamp != self.stamp(key) {
            return None;
        }
        if answer.is_worth_improving(answer.age()) {
            self.improve(key.clone(), Arc::clone(&answer));
        }
        Some(answer)
    }

    /// The answer of that name: the kept one while it holds, else a new one from `produce`, which is kept. Where a thread changes
    /// faster than its answer can be made, all who wait are shown the first one that was begun after they asked.
    ///
    /// # Errors
    /// Those of `produce`, which are not kept.
    pub async fn get_or_make<F>(&self, key: AnswerKey, produce: impl FnOnce() -> F) -> Answer<Arc<KeptAnswer>>
    where
        F: Future<Output = Answer<Produced>>,
    {
        let asked_at = Instant::now();
        let _lane = self.lane(&key).lock().await;
        let begun_since = || self.answers.get(&key).filter(|answer| answer.as_of.at > asked_at);
        if let Some(answer) = self.get(&key).or_else(begun_since) {
            return Ok(answer);
        }
        // Before the store is read: a change that comes in between leaves this answer with an old stamp, never a new one.
        let as_of = AsOf { stamp: self.stamp(&key), at: Instant::now() };
        let produced = produce().await?;
        let encoding = key.encoding;
        let packing = tokio::task::spawn_blocking(move || KeptAnswer::new(produced, encoding, as_of));
        let answer = Arc::new(packing.await.map_err(Failure::internal)??);
        self.answers.insert(key, Arc::clone(&answer));
        Ok(answer)
    }

    /// Packs an answer thoroughly, aside, if nothing else is being packed so.
    fn improve(&self, key: AnswerKey, answer: Arc<KeptAnswer>) {
        let Ok(turn) = Arc::clone(&self.improving).try_acquire_owned() else { return };
        let answers = self.answers.clone();
        tokio::task::spawn_blocking(move || {
            // Should the thread have changed meanwhile, the stamp is old and the answer is made anew.
            match answer.improved() {
                Ok(better) => answers.insert(key, Arc::new(better)),
                Err(failure) => tracing::warn!(cause = ?failure, "an answer could not be packed thoroughly"),
            }
            drop(turn);
        });
    }

    fn stamp(&self, key: &AnswerKey) -> u64 {
        match &key.subject {
            Subject::Thread(page) | Subject::Permalink(page, _) | Subject::Search { page, .. } | Subject::Changes(page, _) => {
                self.stamps.of_pages(key.site_id, [page.as_str()])
            }
            Subject::Branch(_) => self.stamps.of_site(key.site_id),
            Subject::Counts(pages) => self.stamps.of_pages(key.site_id, pages.iter().map(String::as_str)),
        }
    }

    fn lane(&self, key: &AnswerKey) -> &Mutex<()> {
        let hash = self.hasher.hash_one(key);
        &self.lanes[usize::try_from(hash % LANES as u64).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn key(page: &str) -> AnswerKey {
        AnswerKey {
            site_id: SiteId(1),
            subject: Subject::Thread(page.to_owned()),
            sort: Sort::Oldest,
            limit: 50,
            cursor: None,
            at: None,
            form: Form::Json,
            encoding: Encoding::Identity,
        }
    }

    fn produced() -> Answer<Produced> {
        Ok(Produced { content_type: "text/plain", bytes: vec![b'x'], extra_headers: Vec::new() })
    }

    #[tokio::test]
    async fn an_answer_is_made_once_until_its_thread_changes() {
        let (cache, made) = (AnswerCache::new(1 << 20), AtomicU32::new(0));
        let ask = || {
            cache.get_or_make(key("/a"), || async {
                made.fetch_add(1, Ordering::Relaxed);
                produced()
            })
        };
        ask().await.expect("made");
        ask().await.expect("kept");
        assert_eq!(made.load(Ordering::Relaxed), 1);
        cache.stamps().thread_changed(SiteId(1), "/a");
        assert!(cache.get(&key("/a")).is_none());
        ask().await.expect("made anew");
        assert_eq!(made.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn an_answer_read_before_a_change_and_finished_after_it_is_not_kept_for_later() {
        let cache = AnswerCache::new(1 << 20);
        let making = cache.get_or_make(key("/a"), || async {
            cache.stamps().thread_changed(SiteId(1), "/a");
            produced()
        });
        making.await.expect("made");
        assert!(cache.get(&key("/a")).is_none());
    }

    /// Every answer is old before it is finished.
    #[tokio::test]
    async fn who_asked_before_an_answer_was_begun_is_shown_it_even_if_it_is_old_by_now() {
        let (cache, made) = (AnswerCache::new(1 << 20), AtomicU32::new(0));
        let ask = || {
            cache.get_or_make(key("/a"), || async {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                cache.stamps().thread_changed(SiteId(1), "/a");
                produced()
            })
        };
        let (first, second, third) = tokio::join!(ask(), ask(), ask());
        assert!(first.is_ok() && second.is_ok() && third.is_ok());
        assert_eq!(made.load(Ordering::Relaxed), 2, "the first, which began before the others asked, and one for all others");
        ask().await.expect("made");
        assert_eq!(made.load(Ordering::Relaxed), 3, "what changed before somebody asks is shown to them");
    }

    #[tokio::test]
    async fn a_hundred_readers_at_once_make_one_answer() {
        let (cache, made) = (Arc::new(AnswerCache::new(1 << 20)), Arc::new(AtomicU32::new(0)));
        let readers = (0..100).map(|_| {
            let (cache, made) = (Arc::clone(&cache), Arc::clone(&made));
            tokio::spawn(async move {
                let produce = || async {
                    made.fetch_add(1, Ordering::Relaxed);
                    tokio::task::yield_now().await;
                    produced()
                };
                cache.get_or_make(key("/a"), produce).await.map(|_| ())
            })
        });
        for reader in readers.collect::<Vec<_>>() {
            reader.await.expect("no panic").expect("an answer");
        }
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }
}
