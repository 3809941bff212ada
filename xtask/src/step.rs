//! What the person waiting is told: one line a step.

use std::sync::OnceLock;
use std::time::Instant;

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Says what begins now, after how many seconds.
pub fn say(what: &str) {
    let elapsed = STARTED.get_or_init(Instant::now).elapsed().as_secs();
    println!("[{:>2}:{:02}] {what}", elapsed / 60, elapsed % 60);
}
