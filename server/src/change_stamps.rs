//! Knows whether something changed since it was last looked at, without a list of what exists.

use afterword_store::SiteId;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Threads share this many counters; a shared one only means that something is rendered once more than needed.
const SLOTS: usize = 4096;

/// Counters that rise when threads change. A sum of counters read before and after tells whether any of them rose, so an
/// answer that was begun before a change can never pass for one made after it.
#[derive(Debug)]
pub struct ChangeStamps {
    slots: Box<[AtomicU64]>,
    everything: AtomicU64,
    hasher: RandomState,
}

impl Default for ChangeStamps {
    fn default() -> Self {
        let slots = (0..SLOTS).map(|_| AtomicU64::new(0)).collect();
        Self { slots, everything: AtomicU64::new(0), hasher: RandomState::new() }
    }
}

impl ChangeStamps {
    /// The stamp of some pages of a site.
    pub fn of_pages<'a>(&self, site_id: SiteId, page_keys: impl IntoIterator<Item = &'a str>) -> u64 {
        let pages = page_keys.into_iter().map(|key| self.slot(site_id, Some(key)).load(Ordering::Acquire));
        pages.fold(self.everything.load(Ordering::Acquire), u64::wrapping_add)
    }

    /// The stamp of everything in a site, for what is not known to belong to one page.
    pub fn of_site(&self, site_id: SiteId) -> u64 {
        let site = self.slot(site_id, None).load(Ordering::Acquire);
        self.everything.load(Ordering::Acquire).wrapping_add(site)
    }

    /// Notes that a page's thread changed.
    pub fn thread_changed(&self, site_id: SiteId, page_key: &str) {
        self.slot(site_id, Some(page_key)).fetch_add(1, Ordering::AcqRel);
        self.slot(site_id, None).fetch_add(1, Ordering::AcqRel);
    }

    /// Notes that anything may have changed.
    pub fn everything_changed(&self) {
        self.everything.fetch_add(1, Ordering::AcqRel);
    }

    fn slot(&self, site_id: SiteId, page_key: Option<&str>) -> &AtomicU64 {
        let hash = self.hasher.hash_one((site_id, page_key));
        &self.slots[usize::try_from(hash % SLOTS as u64).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: SiteId = SiteId(1);

    #[test]
    fn a_change_of_a_thread_changes_its_stamp_and_that_of_its_site() {
        let stamps = ChangeStamps::default();
        let before = (stamps.of_pages(SITE, ["/a"]), stamps.of_site(SITE));
        stamps.thread_changed(SITE, "/a");
        assert_ne!(before.0, stamps.of_pages(SITE, ["/a"]));
        assert_ne!(before.1, stamps.of_site(SITE));
    }

    #[test]
    fn a_change_elsewhere_leaves_most_stamps_alone() {
        let stamps = ChangeStamps::default();
        let keys: Vec<String> = (0..100).map(|n| format!("/{n}")).collect();
        let before: Vec<u64> = keys.iter().map(|key| stamps.of_pages(SITE, [key.as_str()])).collect();
        stamps.thread_changed(SITE, "/elsewhere");
        let same = keys.iter().zip(before).filter(|(key, before)| stamps.of_pages(SITE, [key.as_str()]) == *before).count();
        assert!(same > 90, "{same}");
    }

    #[test]
    fn everything_changed_changes_every_stamp() {
        let stamps = ChangeStamps::default();
        let before = stamps.of_pages(SITE, ["/a", "/b"]);
        stamps.everything_changed();
        assert_ne!(before, stamps.of_pages(SITE, ["/a", "/b"]));
    }
}
