//! PostgreSQL's programs, of which the tests make servers of their own.

use crate::process;
use crate::step::say;

/// Finds the programs, and installs them where they are missing and we may.
///
/// # Errors
/// They are missing and we may not install them; the sentence names the package.
pub fn ready() -> anyhow::Result<()> {
    if afterword_cluster::programs().is_ok() {
        return Ok(());
    }
    say("setting up: apt-get install postgresql");
    process::apt_install(&["postgresql"])
}
