//! How a slice is put together, whatever the database: where it goes on, who gets how many rows, in which order they stand.

pub(crate) mod cursor;
pub(crate) mod outline;
pub(crate) mod share;

use crate::Listing;
use afterword_wire::limits::MAX_SLICE_ROWS;

/// The listing with a limit that a slice may have.
pub(crate) fn within_limits(listing: Listing) -> Listing {
    Listing { limit: listing.limit.clamp(1, MAX_SLICE_ROWS), ..listing }
}
