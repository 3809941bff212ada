//! The time, and waiting.

use leptos::prelude::set_timeout;
use std::time::Duration;

/// The time now, in milliseconds since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    #[expect(clippy::disallowed_methods, clippy::cast_possible_truncation, reason = "the one place that reads the clock")]
    let now_ms = js_sys::Date::now() as i64;
    now_ms
}

/// Runs something after a while.
pub fn after_ms(ms: u32, then: impl FnOnce() + 'static) {
    set_timeout(then, Duration::from_millis(u64::from(ms)));
}
