//! Files compressed as the server sends them.

use anyhow::Context;
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::Path;

const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

/// What one asset costs a browser, in bytes. `name` is the file's public name.
#[derive(Clone, Debug, Serialize)]
pub struct Size {
    /// The public name.
    pub name: String,
    /// As it is.
    pub raw: usize,
    /// Compressed with gzip, level 9.
    pub gzip: usize,
    /// Compressed with brotli, quality 11.
    pub brotli: usize,
}

impl Size {
    /// What these bytes cost under this name.
    ///
    /// # Errors
    /// Compressing fails.
    pub fn of(name: &str, bytes: &[u8]) -> anyhow::Result<Self> {
        Ok(Self { name: name.to_owned(), raw: bytes.len(), gzip: gzip(bytes)?.len(), brotli: brotli(bytes)?.len() })
    }
}

/// Writes `NAME`, `NAME.br` and `NAME.gz` into a directory.
///
/// # Errors
/// A file cannot be written.
pub fn write_compressed(dir: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<Size> {
    let (brotli, gzip) = (brotli(bytes)?, gzip(bytes)?);
    for (suffix, content) in [("", bytes), (".br", &brotli), (".gz", &gzip)] {
        let file = dir.join(format!("{name}{suffix}"));
        fs::write(&file, content).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(Size { name: name.to_owned(), raw: bytes.len(), gzip: gzip.len(), brotli: brotli.len() })
}

fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(bytes)?;
    Ok(encoder.into_inner())
}

fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
