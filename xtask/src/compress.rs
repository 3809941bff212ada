//! Files compressed as the server sends them.

use anyhow::Context;
use brotli::enc::BrotliEncoderParams;
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::Path;

const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 22;
/// In blocks of which size, as powers of two, brotli looks at a file; 0 lets it choose. Which is better changes with the file, by
/// up to one per cent, so all are tried.
const BROTLI_BLOCKS: [i32; 2] = [0, 16];

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

/// The smallest of what brotli makes of it.
fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut smallest = in_blocks(bytes, BROTLI_BLOCKS[0])?;
    for block in &BROTLI_BLOCKS[1..] {
        let other = in_blocks(bytes, *block)?;
        if other.len() < smallest.len() {
            smallest = other;
        }
    }
    Ok(smallest)
}

fn in_blocks(bytes: &[u8], block: i32) -> anyhow::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW, lgblock: block, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
