//! The browser's storage for this site. It is always optional: where it is refused or full, things live in memory.

use std::cell::RefCell;
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn local() -> Option<Storage> {
    // Reading the property throws where cookies of third parties are blocked.
    web_sys::window()?.local_storage().ok().flatten()
}

/// Everything kept here, under one prefix for server and site.
#[derive(Clone, Debug)]
pub struct SiteStorage {
    prefix: String,
    in_memory: bool,
}

impl SiteStorage {
    /// The storage for one site of one Afterword server.
    #[must_use]
    pub fn new(base: &str, site: &str) -> Self {
        Self { prefix: format!("afterword:{base}:{site}:"), in_memory: false }
    }

    /// The same, but for this page view alone.
    #[must_use]
    pub fn in_memory(self) -> Self {
        Self { in_memory: true, ..self }
    }

    fn local(&self) -> Option<Storage> {
        if self.in_memory { None } else { local() }
    }

    /// What was kept under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        let key = format!("{}{key}", self.prefix);
        let kept = MEMORY.with_borrow(|memory| memory.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()));
        kept.or_else(|| self.local()?.get_item(&key).ok()?)
    }

    /// Keeps a value. Returns whether it will outlast the page.
    pub fn set(&self, key: &str, value: &str) -> bool {
        let key = format!("{}{key}", self.prefix);
        let lasts = self.local().is_some_and(|storage| storage.set_item(&key, value).is_ok());
        MEMORY.with_borrow_mut(|memory| {
            memory.retain(|(name, _)| *name != key);
            if !lasts {
                memory.push((key, value.to_owned()));
            }
        });
        lasts
    }

    /// Forgets a value.
    pub fn remove(&self, key: &str) {
        let key = format!("{}{key}", self.prefix);
        MEMORY.with_borrow_mut(|memory| memory.retain(|(name, _)| *name != key));
        if let Some(storage) = self.local() {
            // A storage that cannot remove could not keep either.
            let _ = storage.remove_item(&key);
        }
    }
}
