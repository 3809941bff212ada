//! `cargo xtask bench`, carried out by an optimised build of this program: a slow client would measure itself.

use crate::step::say;
use crate::workspace::Workspace;
use crate::{chromium, dist, process};
use std::path::Path;

/// Builds what is measured and what measures, and measures.
///
/// # Errors
/// A build fails, or the measuring does.
pub fn bench(workspace: &Workspace, json_file: Option<&Path>, database_url: Option<&str>) -> anyhow::Result<()> {
    chromium::ready()?;
    dist::program(workspace)?;
    say("building what measures");
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--release", "--package", "xtask", "--features", "bench", "--", "measure"]);
    if let Some(file) = json_file {
        cargo.arg("--json").arg(std::path::absolute(file)?);
    }
    if let Some(url) = database_url {
        cargo.args(["--database", url]);
    }
    process::run(&mut cargo)
}
