//! What changed in a thread since a reader last looked.

use crate::{ChangeId, Written};
use serde::Serialize;

/// Answer to `GET /v1/changes`: what a reader of `GET /v1/live` would have heard meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    /// Where the thread's log of changes stands now: what to ask from the next time; `None` while it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<ChangeId>,
    /// Whether more happened than is told here: the thread has to be read anew.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub is_reset: bool,
    /// The comments that changed as they now stand, each once, in the order of the changes.
    pub changes: Vec<Written>,
}
