//! From URLs to open connections.

use super::migrate::migrate;
use super::pooling::Pooling;
use crate::StoreError;
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool};
use std::str::FromStr;
use std::time::Duration;

/// Slices are cached above us: few readers keep up, and each is a process of the server's.
const READERS: u32 = 8;
/// Longest wait for a free reader, or for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(4);
/// Readers beyond the first are let go when nobody reads.
const READER_IDLE: Duration = Duration::from_secs(60);

/// How a database is reached.
///
/// # Errors
/// [`StoreError::InvalidUrl`] when the URL cannot be read.
pub(super) fn options_of(url: &str, pooling: Pooling) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::InvalidUrl(format!("the database's URL cannot be read: {error}")))?;
    let options = options.application_name("afterword").disable_statement_logging();
    // A pooler takes only the plainest settings, and its connections keep no statement for us.
    Ok(match pooling {
        Pooling::None => options,
        Pooling::ByTransaction => options.statement_cache_capacity(0).extra_float_digits(None),
    })
}

/// One connection, within the time a write may wait.
pub(super) async fn connect(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let connecting = tokio::time::timeout(PATIENCE, options.connect()).await;
    Ok(connecting.map_err(|_| StoreError::Unavailable("no connection within 4 s".to_owned()))??)
}

/// Brings the database to this program's schema.
pub(super) async fn prepare(options: &PgConnectOptions) -> Result<(), StoreError> {
    let mut connection = connect(options).await?;
    migrate(&mut connection).await?;
    sqlx::Connection::close(connection).await?;
    Ok(())
}

/// Connections that read, made when they are needed.
pub(super) fn readers(options: PgConnectOptions) -> PgPool {
    pool().max_connections(READERS).idle_timeout(READER_IDLE).connect_lazy_with(options)
}

/// A pool of the one connection that hears notifications.
pub(super) fn listeners(options: PgConnectOptions) -> PgPool {
    pool().max_connections(1).connect_lazy_with(options)
}

fn pool() -> PoolOptions<sqlx::Postgres> {
    PgPoolOptions::new().acquire_timeout(PATIENCE)
}
