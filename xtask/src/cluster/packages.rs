//! The programs that the cluster is made of.

use crate::process;
use crate::step::say;
use std::path::{Path, PathBuf};

/// Each program, and the Debian package that has it.
const PROGRAMS: [(&str, &str); 3] = [("etcd", "etcd-server"), ("patroni", "patroni"), ("haproxy", "haproxy")];
/// Where programs for services stand, which not everybody has in `PATH`.
const SERVICES: &str = "/usr/sbin";

/// Where a program is.
pub fn find(name: &str) -> Option<PathBuf> {
    process::find_program(name).or_else(|| Some(Path::new(SERVICES).join(name)).filter(|file| file.is_file()))
}

/// Finds the programs, and installs what is missing where we may.
///
/// # Errors
/// Some are missing and we may not install them; the sentence names the packages.
pub fn ready() -> anyhow::Result<()> {
    let mut missing: Vec<&str> = PROGRAMS.iter().filter(|(name, _)| find(name).is_none()).map(|(_, package)| *package).collect();
    if afterword_cluster::programs().is_err() {
        missing.push("postgresql");
    }
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("setting up: apt-get install {}", missing.join(" ")));
    process::apt_install(&missing)
}
