//! The three engines, and the one in which a story takes place.

use std::cell::Cell;

/// What lays the page out and runs its scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink and V8, as in Chrome and Edge.
    Chromium,
    /// Gecko and SpiderMonkey.
    Firefox,
    /// WebKit and JavaScriptCore, as in Safari; here in GTK's clothes.
    WebKit,
}

thread_local! {
    static CURRENT: Cell<Engine> = const { Cell::new(Engine::Chromium) };
}

impl Engine {
    /// The engine of the stories on this thread: Chromium, but within [`Engine::play`].
    #[must_use]
    pub fn current() -> Self {
        CURRENT.get()
    }

    /// Runs a test in this engine. It must stay on this thread, as those of `#[tokio::test]` do.
    pub fn play<T>(self, test: impl FnOnce() -> T) -> T {
        // A thread runs one test and ends, so nobody needs the former value, not even after a panic.
        let former = CURRENT.replace(self);
        let outcome = test();
        CURRENT.set(former);
        outcome
    }
}
