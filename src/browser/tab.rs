//! This tab of the browser: its name among the others, and whether it may speak to a server at all.

use super::{clock, random};
use std::cell::RefCell;
use web_sys::Storage;

const KEY: &str = "afterword:tab";

thread_local! {
    static ID: RefCell<String> = const { RefCell::new(String::new()) };
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// The tab's id, the same across its reloads where the browser keeps anything. Ids of later tabs sort behind.
#[must_use]
pub fn id() -> String {
    let known = ID.with_borrow(String::clone);
    if !known.is_empty() {
        return known;
    }
    match session().and_then(|session| session.get_item(KEY).ok()?) {
        Some(kept) => {
            ID.set(kept.clone());
            kept
        }
        None => renew(),
    }
}

/// Gives the tab a new id: a duplicated tab begins with the id of the one it was made from.
pub fn renew() -> String {
    let id = random::request_id(clock::now_ms()).as_str().to_owned();
    if let Some(session) = session() {
        // Where it cannot be kept, it lasts as long as the page.
        let _ = session.set_item(KEY, &id);
    }
    ID.set(id.clone());
    id
}

/// Whether the page has no origin of its own: a sandboxed frame, or a file. The server takes no write from there.
#[must_use]
pub fn has_no_origin() -> bool {
    // The server paints for pages that have one.
    cfg!(target_arch = "wasm32") && web_sys::window().is_some_and(|window| window.origin() == "null")
}

/// Whether the browser knows that it is offline. That it says nothing proves nothing.
#[must_use]
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
