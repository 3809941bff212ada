//! The file an import reads, which must be read twice.

use crate::cli::Sentence;
use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::path::Path;

/// A file that can be read from its beginning as often as needed.
pub struct Source {
    file: File,
    size_bytes: u64,
    name: String,
}

impl Source {
    /// Opens a file; for `-` keeps standard input in a temporary one.
    ///
    /// # Errors
    /// It is not there, is a directory, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, Sentence> {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let cannot = |error: io::Error| format!("{name} cannot be read: {error}");
        let file = if path == Path::new("-") { keep_stdin() } else { File::open(path) };
        let file = file.map_err(cannot)?;
        let metadata = file.metadata().map_err(cannot)?;
        if metadata.is_dir() {
            return Err(format!("{name} is a directory: a file is expected"));
        }
        Ok(Self { file, size_bytes: metadata.len(), name })
    }

    /// The file from its beginning. There is one place in it for all who read: one reads at a time.
    ///
    /// # Errors
    /// The system refuses.
    pub fn reopen(&self) -> Result<File, Sentence> {
        let cannot = |error: io::Error| format!("it cannot be read: {error}");
        let mut file = self.file.try_clone().map_err(cannot)?;
        file.seek(SeekFrom::Start(0)).map_err(cannot)?;
        Ok(file)
    }

    /// How large it is.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// What to call it.
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn keep_stdin() -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    Ok(file)
}
