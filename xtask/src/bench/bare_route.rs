//! An axum route that answers given bytes and nothing else: as fast as the framework goes.

use anyhow::Context;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use std::fs;
use std::path::Path;

/// Serves the bytes of a file at every address, with the header fields of a packed JSON answer, until it is ended.
///
/// # Errors
/// The file cannot be read or the address not be listened on.
pub fn serve(address: &str, file: &Path) -> anyhow::Result<()> {
    let body = axum::body::Bytes::from(fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?);
    let fields = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "br")];
    let app = Router::new().fallback(get(move || async move { (fields, body) }));
    // As many threads as the server under test takes.
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        Ok(axum::serve(listener, app).await?)
    })
}
