//! How many comments pages have.

use serde::{Deserialize, Serialize};

/// Answer to a request for the counts of many pages, in the order asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// One entry for each page asked for; a page without a thread counts 0.
    pub counts: Vec<PageCount>,
}

/// How many comments one page has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageCount {
    /// The page key as asked.
    pub page_key: String,
    /// Comments that can be read.
    pub comment_count: u32,
    /// The same as a phrase, such as `3 comments`; `None` unless the request named a language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
