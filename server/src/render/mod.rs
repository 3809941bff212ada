//! From what strangers type to what readers may be shown: bodies, names, websites, titles.
//!
//! Everything here is pure: the same input gives the same output, and cleaning twice is cleaning once.

mod link;
pub mod markdown;
pub mod name;
mod sanitise;
pub mod title;
mod tree;
pub mod url;

use core::fmt;

/// Version of [`markdown::render`]: raised whenever the same markdown would give other HTML, so that stored bodies made by an
/// older one can be found and rendered anew.
pub const RENDERER_VERSION: u32 = 1;

/// Why a field cannot be taken, in a sentence for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// What was expected and what came.
    pub message: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
