//! How a slice is put together, whatever the database: where it goes on, who gets how many rows, in which order they stand.

pub(crate) mod cursor;
pub(crate) mod outline;
pub(crate) mod share;
