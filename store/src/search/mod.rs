//! How text becomes terms that can be looked up, the same for every database.
//!
//! A database stores and compares terms, nothing else: what a word is, which letters count as the same and where matches stand
//! in a text is decided here. What can be found of a comment is what can be read of it: the name, and the text of `body_html`.

mod cursor;
mod fold;
mod plain_text;
mod query;
mod script;
mod term;

pub(crate) use cursor::SearchCursor;
pub use plain_text::{composed, plain_text};
pub(crate) use query::Phrase;
pub use query::{SearchQuery, SearchQueryError};
pub(crate) use term::terms;
