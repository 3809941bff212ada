//! What a search in a thread found.

use crate::Comment;
use serde::{Deserialize, Serialize};

/// Answer to a search: comments of one page in which everything asked for stands, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResults {
    /// The comments found; deleted ones never.
    pub hits: Vec<SearchHit>,
    /// Where to go on; `None` at the end. An answer may have few hits, or none, and still a cursor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// One comment found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    /// The comment, as in a slice; `more` is `None` whether or not it has replies.
    pub comment: Comment,
    /// Its author's name, cut where matches begin and end.
    pub author_name: Vec<TextPart>,
    /// A piece of its text around the first match, one line, cut where matches begin and end. An ellipsis stands where text was
    /// left out.
    pub excerpt: Vec<TextPart>,
}

/// Text that is a match as a whole, or not at all. Plain text: it must be escaped like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextPart {
    /// The text; never empty.
    pub text: String,
    /// Whether it is what was looked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_match: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}
