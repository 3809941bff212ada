//! Sites by slug, remembered for a few seconds.

use crate::clock::Clock;
use crate::failure::{Answer, Failure};
use afterword_store::{CommentStore, Site};
use afterword_wire::ErrorCode;
use afterword_wire::limits::MAX_SLUG_CHARS;
use moka::sync::Cache;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a site is taken as it was found. `afterword site add` works from another process: it is seen after this.
const FRESH: Duration = Duration::from_secs(5);
/// Slugs remembered, those of no site included.
const MAX_SITES: u64 = 1024;

#[derive(Clone, Debug)]
struct Found {
    site: Option<Arc<Site>>,
    at: Instant,
}

/// Finds sites without asking the database each time.
pub struct SiteCache {
    store: Arc<dyn CommentStore>,
    clock: Arc<dyn Clock>,
    found: Cache<Box<str>, Found>,
}

impl SiteCache {
    /// An empty cache before that store.
    pub fn new(store: Arc<dyn CommentStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, found: Cache::new(MAX_SITES) }
    }

    /// The site of that slug.
    ///
    /// # Errors
    /// `site_not_found`; those of the store, unless an older finding can stand in.
    pub async fn find(&self, slug: &str) -> Answer<Arc<Site>> {
        if slug.len() > MAX_SLUG_CHARS {
            return Err(unknown_site());
        }
        let now = self.clock.instant();
        let known = self.found.get(slug);
        if let Some(found) = known.as_ref().filter(|found| now.saturating_duration_since(found.at) < FRESH) {
            return found.site.clone().ok_or_else(unknown_site);
        }
        let site = match self.store.find_site(slug).await {
            Ok(site) => site.map(Arc::new),
            // While the database is away, what was known a moment ago is the best there is.
            Err(error) => return known.and_then(|found| found.site).ok_or_else(|| Failure::from(error)),
        };
        self.found.insert(slug.into(), Found { site: site.clone(), at: now });
        site.ok_or_else(unknown_site)
    }

    /// Forgets everything found.
    pub fn clear(&self) {
        self.found.invalidate_all();
    }
}

fn unknown_site() -> Failure {
    Failure::new(ErrorCode::SiteNotFound, "there is no such site here; `afterword site add` makes one")
}
