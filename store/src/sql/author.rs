//! Authors: whom a device secret stands for.

use super::dialect::Connection;
use crate::{SiteId, StoreError, TokenHash};
use afterword_wire::{AuthorId, Timestamp};

/// The author of a device on a site.
pub(crate) async fn find_author(
    connection: &mut Connection,
    site_id: SiteId,
    token_hash: TokenHash,
) -> Result<Option<AuthorId>, StoreError> {
    let sql = "SELECT author_id FROM author WHERE site_id = $1 AND token_hash = $2";
    let found: Option<i64> = sqlx::query_scalar(sql).bind(site_id.0).bind(&token_hash.0[..]).fetch_optional(connection).await?;
    Ok(found.map(|id| AuthorId(id.cast_unsigned())))
}

/// Takes in an author; `false` when that id is there already.
///
/// A device that already stands for another author of the site goes on doing so: the new author is then nobody's.
pub(crate) async fn add_author(
    connection: &mut Connection,
    site_id: SiteId,
    author_id: AuthorId,
    token_hash: Option<TokenHash>,
    created_at: Timestamp,
) -> Result<bool, StoreError> {
    let owner = match token_hash {
        Some(token_hash) => find_author(connection, site_id, token_hash).await?,
        None => None,
    };
    let token_hash = token_hash.filter(|_| owner.is_none()).map(|hash| hash.0.to_vec());
    let sql = "INSERT INTO author (site_id, author_id, token_hash, created_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (site_id, author_id) DO NOTHING";
    let insert = sqlx::query(sql).bind(site_id.0).bind(author_id.0.cast_signed()).bind(token_hash).bind(created_at.0);
    Ok(insert.execute(connection).await?.rows_affected() == 1)
}
