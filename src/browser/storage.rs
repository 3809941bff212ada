//! The browser's storage for this site. It is always optional: where it is refused or full, things live in memory.

use js_sys::{Array, Object};
use std::cell::RefCell;
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn local() -> Option<Storage> {
    // Reading the property throws where cookies of third parties are blocked.
    web_sys::window()?.local_storage().ok().flatten()
}

/// Whether the browser keeps anything for this page; where it does and still does not take a value, it is full.
#[must_use]
pub fn is_there() -> bool {
    local().is_some()
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

    /// A key with the prefix: what other tabs hear of, and a name nobody else uses.
    #[must_use]
    pub fn full_name(&self, key: &str) -> String {
        [&self.prefix, key].concat()
    }

    /// What was kept under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        let key = self.full_name(key);
        let kept = MEMORY.with_borrow(|memory| memory.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()));
        kept.or_else(|| self.local()?.get_item(&key).ok()?)
    }

    /// The keys that begin so, in order, and where each goes on.
    #[must_use]
    pub fn keys(&self, beginning: &str) -> Vec<String> {
        let beginning = self.full_name(beginning);
        let names = self.local().map_or_else(Array::new, |storage| Object::keys(&storage));
        MEMORY.with_borrow(|memory| memory.iter().for_each(|(name, _)| _ = names.push(&name.as_str().into())));
        let mut rests: Vec<String> = Vec::new();
        // The browser sorts: sorting code of our own would be paid for by readers.
        for name in names.sort().iter() {
            let rest = name.as_string().and_then(|name| Some(name.strip_prefix(&beginning)?.to_owned()));
            // What does not fit any more is in memory, and its older value in storage.
            rests.extend(rest.filter(|rest| rests.last() != Some(rest)));
        }
        rests
    }

    /// Keeps a value. Returns whether it will outlast the page.
    pub fn set(&self, key: &str, value: &str) -> bool {
        let key = self.full_name(key);
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
        let key = self.full_name(key);
        MEMORY.with_borrow_mut(|memory| memory.retain(|(name, _)| *name != key));
        if let Some(storage) = self.local() {
            // A storage that cannot remove could not keep either.
            let _ = storage.remove_item(&key);
        }
    }
}
