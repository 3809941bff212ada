//! The strings of one language, by name. Written by `build/` from `locales/en.json` and `locales/notes.json`.

use super::{Lang, Plurals};

include!(concat!(env!("OUT_DIR"), "/strings.rs"));

/// A text that no number changes. One that is missing is its key: an older server's thread may lack what a newer widget says.
fn plain(key: &'static str, find: &mut dyn FnMut(&str) -> Option<&'static str>) -> &'static str {
    find(key).unwrap_or(key)
}
