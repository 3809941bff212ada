//! What every database is told in the same words.
//!
//! These files are compiled once for each database, as `sqlite::sql` and `postgres::sql`: sqlx knows a statement's types only
//! through its connection's, and a function generic over that would carry a page of bounds. Where databases differ, the words
//! come from the `dialect` beside each of the two.

pub(crate) mod author;
pub(crate) mod change_log;
pub(crate) mod comment_row;
pub(crate) mod delete_comment;
pub(crate) mod edit_comment;
pub(crate) mod export;
pub(crate) mod fill;
pub(crate) mod gathered;
pub(crate) mod import;
pub(crate) mod import_comment;
pub(crate) mod import_tally;
pub(crate) mod insert_comments;
pub(crate) mod listed;
pub(crate) mod move_rows;
pub(crate) mod new_comment;
pub(crate) mod new_row;
pub(crate) mod number;
pub(crate) mod own_comment;
pub(crate) mod place;
pub(crate) mod read_permalink;
pub(crate) mod read_slice;
pub(crate) mod read_source;
pub(crate) mod search_comments;
pub(crate) mod search_index;
pub(crate) mod search_section;
pub(crate) mod sibling_list;
pub(crate) mod sibling_order;
pub(crate) mod site;
pub(crate) mod thread;
pub(crate) mod write_gathered;
pub(crate) mod write_request;

use super::{dialect, search_terms};
