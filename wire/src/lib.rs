//! What travels between the widget and the server: types, limits and addresses, and nothing that needs more than serde.
//!
//! Every other crate looks towards this one; it looks at none of them.

pub mod address;
pub mod changes;
pub mod comment;
pub mod count;
pub mod error;
pub mod id;
pub mod limits;
pub mod search;
pub mod slice;
pub mod sort;
pub mod timestamp;
pub mod write;

pub use changes::Changes;
pub use comment::{Author, Comment};
pub use count::{Counts, PageCount};
pub use error::{ApiError, ErrorBody, ErrorCode};
pub use id::{AuthorId, ChangeId, CommentId, ID_EPOCH_MS, ID_RANDOM_BITS, RequestId};
pub use search::{SearchHit, SearchResults, TextPart};
pub use slice::{More, ThreadSlice};
pub use sort::Sort;
pub use timestamp::Timestamp;
pub use write::{AuthorFields, DeleteComment, EditComment, NewComment, PageRef, Preview, Previewed, Source, Written};
