//! One tab at a time: the browser's own locks where it has them (secure pages), a lease in storage elsewhere.

use super::storage::SiteStorage;
use super::{clock, random, tab};
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// How often a lease is renewed, and looked at by those who wait.
const LOOK_MS: u32 = 400;
/// How long one lasts that is not renewed: longer than a tab in the background sleeps.
const LEASE_MS: i64 = 1_300;

thread_local! {
    /// What this tab holds, and how to let it go: a function of the browser's, nothing for a lease.
    static HELD: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Waits until no other tab holds `name`, and holds it until [`let_go`]. A tab that is closed lets go of everything.
pub fn hold(storage: SiteStorage, name: &str, then: Box<dyn FnOnce()>) {
    match request() {
        Some((locks, request)) => ask(&locks, &request, storage.full_name(name), then),
        None => watch_lease(storage, name.to_owned(), Some(then)),
    }
}

/// Lets go of what is held.
pub fn let_go(storage: &SiteStorage, name: &str) {
    let full_name = storage.full_name(name);
    HELD.with_borrow_mut(|held| {
        held.retain(|(held, release)| {
            let is_it = *held == full_name;
            if is_it {
                storage.remove(name);
                // The browser's own function does not throw, and a lease has none.
                let _ = release.dyn_ref::<Function>().map(|release| release.call0(&JsValue::UNDEFINED));
            }
            !is_it
        });
    });
}

/// The browser's lock manager and its one verb; `None` where there is none.
fn request() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

fn ask(locks: &JsValue, request: &Function, full_name: String, then: Box<dyn FnOnce()>) {
    let lock = JsValue::from_str(&full_name);
    let mut granted = Some((full_name, then));
    let granted = Closure::once_into_js(move || {
        let until_released = Promise::new(&mut |release: Function, _| {
            if let Some((name, then)) = granted.take() {
                HELD.with_borrow_mut(|held| held.push((name, release.into())));
                then();
            }
        });
        JsValue::from(until_released)
    });
    let answer = request.call2(locks, &lock, &granted).unwrap_or_default();
    // Locks are refused where storage is, to pages inside others whose cookies are blocked: then no other tab has the same to do.
    let on_refusal = Reflect::get(&answer, &"catch".into()).and_then(|catch| catch.dyn_into::<Function>());
    let _ = on_refusal.and_then(|catch| catch.call1(&answer, &granted));
}

/// Writes a lease where there is none, and believes in it once it has stood for a while: another tab may have done the same.
/// Goes on until it is let go, or another tab has taken it because this one slept.
fn watch_lease(storage: SiteStorage, name: String, mut then: Option<Box<dyn FnOnce()>>) {
    let full_name = storage.full_name(&name);
    let lease = storage.get(&name).unwrap_or_default();
    let is_own = lease.ends_with(&tab::id());
    if is_own && let Some(then) = then.take() {
        HELD.with_borrow_mut(|held| held.push((full_name.clone(), JsValue::UNDEFINED)));
        then();
    }
    let is_held = HELD.with_borrow(|held| held.iter().any(|(held, _)| *held == full_name));
    let now_ms = clock::now_ms();
    // Until when, and whose. The times have the same number of digits until 2286, and so sort as texts.
    let is_free = is_own || *lease <= *now_ms.to_string();
    if is_held && is_free || then.is_some() {
        if is_free {
            storage.set(&name, &[&(now_ms + LEASE_MS).to_string(), " ", &tab::id()].concat());
        }
        let [chance] = random::bytes();
        clock::after_ms(LOOK_MS + u32::from(chance), move || watch_lease(storage, name, then));
    }
}
