//! Faults of the machine, and more load than is usual; `F` and `L` of the faults to reach. No browser.
//!
//! The short form of each is part of every run. With `AFTERWORD_LONG` they go on as long as SECURITY says.

mod database_gone;
mod full_disk;
mod migration;
mod readers;
mod small_disk;
mod soak;
mod system_calls;

use std::io::Write;

/// Where the comments are said to be posted from.
const ORIGIN: &str = "http://localhost:8787";

/// One of two sizes: for every run, or for the long one.
fn sized<T>(short: T, long: T) -> T {
    if std::env::var_os("AFTERWORD_LONG").is_some() { long } else { short }
}

/// Says something even if the test passes: that it could not do its work.
fn say(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
