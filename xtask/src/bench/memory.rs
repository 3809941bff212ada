//! What the server takes while nobody asks for anything.

use crate::budget::{self, Measured};
use crate::program::{self, Program};
use anyhow::Context;
use std::fs;

/// Resident memory of a server that has just begun to serve a small site.
///
/// # Errors
/// The server does not start, or the system keeps no `/proc`.
pub fn measure(program: &Program) -> anyhow::Result<Measured> {
    let server = program.serve(&program::free_address()?, &[])?;
    Ok(budget::IDLE_MEMORY.at(resident_mb_of(server.process_id())?))
}

/// Resident memory of a process.
///
/// # Errors
/// The system keeps no `/proc`, or there is no such process.
pub fn resident_mb_of(process_id: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process_id}/status")).context("memory is read from /proc")?;
    resident_mb(&status).context("/proc names no VmRSS")
}

/// `kB` is what the system writes; 1,024 bytes is what it means.
fn resident_mb(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read_from_what_the_system_says() {
        assert_eq!(resident_mb("Name:\tafterword\nVmRSS:\t    15625 kB\nThreads:\t5\n"), Some(16.0));
    }
}
