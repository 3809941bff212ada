//! What the thread knows, as plain Rust: no browser, no network, no clock. Every rule here has a native test.

mod announcements;
mod away;
mod children;
mod draft;
mod form;
mod live;
mod merge;
mod node;
mod nodes;
mod own_writes;
mod pending;
mod plain_text;
mod queue;
mod rows;
mod set_place;
mod thread;
mod viewer;
mod visit;

pub use announcements::Announcements;
pub use away::{Away, Listed, SEGMENT_ROWS};
pub use children::Children;
pub use draft::{DraftKey, SeenDrafts};
pub use form::{FormFault, FormKey, FormText, check_form};
pub use node::{Look, Node};
use nodes::Nodes;
pub use pending::{PendingComment, PendingStatus};
pub use plain_text::plain_text;
pub use queue::Sending;
pub use rows::{Row, RowKey};
pub use set_place::SetPlace;
pub use thread::{MoreStatus, ThreadState};
pub use viewer::Viewer;
pub use visit::Visit;
