//! Archives are told from exports by their first bytes, so that the operator hears what to do.

use super::ImportError;
use std::io::BufRead;

/// The reader, unless what it reads is an archive.
///
/// # Errors
/// The file is compressed, or cannot be read at all.
pub(super) fn refuse<R: BufRead>(mut reader: R) -> Result<R, ImportError> {
    let start = reader.fill_buf().map_err(|error| ImportError::new(format!("the file cannot be read: {error}")))?;
    let archive = match start {
        [0x1f, 0x8b, ..] => Some("gzip"),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some("zip"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ => None,
    };
    match archive {
        Some(name) => Err(ImportError::new(format!("the file is compressed ({name}): unpack it and import the file within"))),
        None => Ok(reader),
    }
}
