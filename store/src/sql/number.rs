//! Counts and other small numbers, which no database keeps unsigned.

use super::dialect::Row;
use sqlx::Row as _;

/// The number in a column that holds 32 bits.
pub(crate) fn number<N: TryFrom<i32, Error: std::error::Error + Send + Sync + 'static>>(
    row: &Row,
    column: &str,
) -> Result<N, sqlx::Error> {
    N::try_from(row.try_get::<i32, _>(column)?).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
