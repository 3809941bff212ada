//! One tab at a time: the browser's own locks where it has them (secure pages), a lease in storage elsewhere.

use super::storage::SiteStorage;
use super::{clock, random, tab};
use js_sys::{Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Lets go of what is held.
pub type Release = Box<dyn FnOnce()>;

/// What is done once it is held.
type Held = Box<dyn FnOnce(Release)>;

/// How long a lease lasts that is not renewed.
const LEASE_MS: i64 = 1_600;
/// How often it is renewed, and looked at by those who wait: with the lease, three seconds at most.
const LOOK_MS: u32 = 700;

/// Waits until no other tab holds `name`, holds it, and hands over the way to let go. A tab that is closed lets go of everything.
pub fn hold(storage: SiteStorage, name: &str, then: Held) {
    let then = Rc::new(RefCell::new(Some(then)));
    let asked = ask(&storage.full_name(name), then.clone());
    let name = name.to_owned();
    spawn_local(async move {
        // Fulfilled when it was let go; refused where locks are to storage as third parties' cookies are.
        let is_refused = match asked {
            Some(promise) => JsFuture::from(promise).await.is_err(),
            None => true,
        };
        if is_refused && let Some(then) = then.take() {
            seek_lease(storage, name, then);
        }
    });
}

/// Asks the browser's lock manager; `None` where there is none.
fn ask(name: &str, then: Rc<RefCell<Option<Held>>>) -> Option<Promise> {
    let granted = Closure::once_into_js(move || {
        Promise::new(&mut |release: Function, _| {
            if let Some(then) = then.take() {
                // `release` is the browser's own: it does not throw.
                then(Box::new(move || _ = release.call0(&JsValue::UNDEFINED)));
            }
        })
    });
    let locks = Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &name.into(), &granted).ok()?.dyn_into().ok()
}

/// Writes a lease where there is none, and believes in it once it has stood for a moment: another tab may have done the same.
fn seek_lease(storage: SiteStorage, name: String, then: Held) {
    let is_taken = |lease: String| !is_own(&lease) && *lease > *clock::now_ms().to_string();
    if storage.get(&name).is_some_and(is_taken) {
        clock::after_ms(LOOK_MS, move || seek_lease(storage, name, then));
        return;
    }
    write_lease(&storage, &name);
    let [chance] = random::bytes();
    clock::after_ms(60 + u32::from(chance), move || {
        if !storage.get(&name).is_some_and(|lease| is_own(&lease)) {
            return seek_lease(storage, name, then);
        }
        let is_held = Rc::new(Cell::new(true));
        renew_lease(storage.clone(), name.clone(), is_held.clone());
        then(Box::new(move || {
            is_held.set(false);
            storage.remove(&name);
        }));
    });
}

/// Goes on until it is let go, or another tab has taken it because this one slept.
fn renew_lease(storage: SiteStorage, name: String, is_held: Rc<Cell<bool>>) {
    if is_held.get() && storage.get(&name).is_none_or(|lease| is_own(&lease)) {
        write_lease(&storage, &name);
        clock::after_ms(LOOK_MS, move || renew_lease(storage, name, is_held));
    }
}

/// Until when, and whose. The times have the same number of digits until 2286, and so sort as texts.
fn write_lease(storage: &SiteStorage, name: &str) {
    storage.set(name, &[&(clock::now_ms() + LEASE_MS).to_string(), " ", &tab::id()].concat());
}

fn is_own(lease: &str) -> bool {
    lease.ends_with(&tab::id())
}
