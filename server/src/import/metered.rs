//! A reader that knows its line and ends a piece that grows without end.

use std::io::{self, BufRead, Read};

/// Counts lines, and fails once more than a given number of bytes were read since [`Metered::begin_piece`].
pub(super) struct Metered<R> {
    inner: R,
    max_piece_bytes: usize,
    piece_bytes: usize,
    line: u64,
}

impl<R: BufRead> Metered<R> {
    pub(super) fn new(inner: R, max_piece_bytes: usize) -> Self {
        Self { inner, max_piece_bytes, piece_bytes: 0, line: 1 }
    }

    /// What comes now is a new piece.
    pub(super) fn begin_piece(&mut self) {
        self.piece_bytes = 0;
    }

    /// The line read last, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece_bytes > self.max_piece_bytes {
            let message = format!("a piece of more than {} MiB; no export has that", self.max_piece_bytes >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // Looked at again only for its newlines; a buffer once filled is given out again without reading.
        if let Ok(bytes) = self.inner.fill_buf() {
            let newlines = bytes.iter().take(count).filter(|byte| **byte == b'\n').count();
            self.line += newlines as u64;
        }
        self.piece_bytes += count;
        self.inner.consume(count);
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(into.len());
        into[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}
