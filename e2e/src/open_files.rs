//! How many files a program may have open.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Asks the system for as many open files as are needed; the server asks for itself.
///
/// # Errors
/// The system allows fewer.
pub fn raise(files: usize) -> Result<()> {
    let limit = format!("--nofile={files}:");
    let status = Command::new("prlimit").args(["--pid", &std::process::id().to_string(), &limit]).status();
    let is_raised = status.context("`prlimit` cannot be started")?.success();
    ensure!(is_raised, "{files} open files are needed; the system allows fewer (see `ulimit -Hn`)");
    Ok(())
}
