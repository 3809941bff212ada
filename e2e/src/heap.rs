//! What a page takes of the browser's memory. In Chromium only.

use crate::Browser;
use anyhow::{Context, Result};
use serde_json::json;

impl Browser {
    /// Bytes of the page's scripts, of what they hold of the page, and of the module's own memory, after what is dead is cleared away.
    ///
    /// # Errors
    /// The browser does not answer, or is another.
    pub async fn heap_bytes(&self) -> Result<f64> {
        // Twice: what the first finds dead may have held on to more.
        for _ in 0..2 {
            self.command("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let usage = self.command("Runtime.getHeapUsage", json!({})).await?;
        let bytes = |name: &str| usage[name].as_f64();
        let used = bytes("usedSize").context("no heap usage")?;
        Ok(used + bytes("embedderHeapUsedSize").unwrap_or_default() + bytes("backingStorageSize").unwrap_or_default())
    }
}
