//! Why an import stops, in one sentence for the operator.

use core::fmt;

/// Why a file cannot be imported. Nothing of it has been, unless the sentence says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong and where.
    pub message: String,
}

impl ImportError {
    /// A fault that is no single place's.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// A fault in a line, counted from 1.
    pub fn at_line(line: u64, message: impl fmt::Display) -> Self {
        Self { message: format!("line {line}: {message}") }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImportError {}
