//! The orders in which siblings are read.

use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// The order among siblings, the same at every depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// First written first.
    #[default]
    Oldest,
    /// Last written first. Replies stay in reading order, oldest first: only root comments turn round.
    Newest,
    /// Most answered first (most direct replies), then oldest. Root comments only, as with `newest`.
    Replies,
}

impl Sort {
    /// Every order, in the order in which readers are offered them.
    pub const ALL: [Sort; 3] = [Sort::Oldest, Sort::Newest, Sort::Replies];

    /// The word that stands for it in addresses, attributes and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Oldest => "oldest",
            Sort::Newest => "newest",
            Sort::Replies => "replies",
        }
    }
}

/// Why a text names no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSort;

impl FromStr for Sort {
    type Err = UnknownSort;
    fn from_str(text: &str) -> Result<Self, UnknownSort> {
        Sort::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or(UnknownSort)
    }
}
