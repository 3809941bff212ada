//! The browser of the tests.

use crate::process;
use crate::step::say;
use std::path::PathBuf;

const DEBIAN_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Finds `chromedriver`, and installs it with its browser where it is missing and we may.
///
/// # Errors
/// It is missing and we may not install it; the sentence names the packages.
pub fn ready() -> anyhow::Result<PathBuf> {
    if let (Some(driver), Some(_)) = (process::find_program("chromedriver"), process::find_program("chromium")) {
        return Ok(driver);
    }
    say("setting up: apt-get install chromium chromium-driver");
    process::apt_install(&DEBIAN_PACKAGES)?;
    process::find_program("chromedriver")
        .ok_or_else(|| anyhow::anyhow!("chromium-driver is installed but brought no chromedriver"))
}
