//! Where PostgreSQL's programs are.

use std::io::{Error, Result};
use std::path::PathBuf;

/// Where Debian keeps them, a directory for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The directory of the newest version's programs, or of those in `PATH`.
///
/// # Errors
/// There are none; the sentence says what to install.
pub fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let numbered =
        versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))));
    let newest = numbered.filter(|(_, bin)| bin.join("initdb").is_file()).max_by_key(|(version, _)| *version);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = || std::env::split_paths(&path).find(|bin| bin.join("initdb").is_file());
    let missing =
        || Error::other("PostgreSQL's programs are not there: please install postgresql (on Debian: apt-get install postgresql)");
    newest.map(|(_, bin)| bin).or_else(in_path).ok_or_else(missing)
}
