//! What the reader can do, and what it sets in motion: the only place where a component's wish becomes a request.

mod catch_up;
mod delete_comment;
mod drafts;
mod edit_comment;
mod explain;
mod follow_scrolling;
mod live;
mod load_more;
mod log_in;
mod open_permalink;
mod post_comment;
mod preview_comment;
mod search_comments;
mod send_queue;
mod share_queue;
mod sort_thread;
mod thread_handle;
mod visit;

pub use catch_up::catch_up;
pub use delete_comment::{ask_to_delete, delete_comment, keep_comment};
pub use drafts::{draft_of, keep_draft};
pub use edit_comment::{open_edit, save_edit};
pub use explain::{explain_error, explain_failure, explain_fault};
pub use follow_scrolling::{bring_back, follow_scrolling};
pub use live::{show_new, take_live};
pub use load_more::load_more;
pub use log_in::log_in;
pub use open_permalink::open_permalink;
pub use post_comment::{ask_to_delete_pending, delete_pending, post_comment, retry_pending, take_back_pending};
pub use preview_comment::preview_comment;
pub use search_comments::search_comments;
pub use send_queue::stop_sending;
pub use share_queue::follow_queue;
pub use sort_thread::sort_thread;
pub use thread_handle::Thread;
pub use visit::{go_to_next_new, keep_visit, seen_before};
