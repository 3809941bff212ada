//! Firefox, the second browser of the tests.

use crate::process;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use std::path::PathBuf;

const DEBIAN_PACKAGES: [&str; 1] = ["firefox-esr"];
/// Debian packages no driver for it; Mozilla publishes its own as a crate.
const DRIVER: &str = "geckodriver";
const DRIVER_VERSION: &str = "0.37.1";

/// Finds Firefox and its driver, and installs what is missing where we may.
///
/// # Errors
/// It is missing and we may not install it; the sentence names the package or the crate.
pub fn ready(workspace: &Workspace) -> anyhow::Result<()> {
    if process::find_program("firefox-esr").is_none() {
        say("setting up: apt-get install firefox-esr");
        process::apt_install(&DEBIAN_PACKAGES)?;
    }
    if process::find_program(DRIVER).is_some() || tools().is_some_and(|tools| tools.join("bin").join(DRIVER).exists()) {
        return Ok(());
    }
    install_driver(workspace).with_context(|| format!("please `cargo install {DRIVER}`, then run this again"))
}

fn install_driver(workspace: &Workspace) -> anyhow::Result<()> {
    say("setting up: cargo install geckodriver");
    let tools = tools().context("neither AFTERWORD_TOOLS nor HOME says where to")?;
    let mut cargo = workspace.cargo();
    cargo.args(["install", "--quiet", "--debug", "--version", DRIVER_VERSION, "--root"]).arg(&tools);
    cargo.arg("--target-dir").arg(tools.with_file_name("tools-target")).arg(DRIVER);
    process::run(&mut cargo)
}

/// Where `.ci/run` keeps its programs too, and the stories look for theirs.
fn tools() -> Option<PathBuf> {
    if let Some(tools) = std::env::var_os("AFTERWORD_TOOLS") {
        return Some(tools.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
    Some(cache.join("afterword/tools"))
}
