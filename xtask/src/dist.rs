//! `cargo xtask dist`: one program with the widget inside, and what it costs a reader.

use crate::process;
use crate::step::say;
use crate::workspace::Workspace;
use crate::{assets, sizes};
use anyhow::Context;
use std::fs;

/// Builds the program, writes `sizes.json` beside it, and prints what it holds against the budgets.
///
/// # Errors
/// A build fails, or a budget is exceeded; the sizes are written all the same.
pub fn run(workspace: &Workspace) -> anyhow::Result<()> {
    program(workspace)?;
    say("measuring what a reader downloads");
    sizes::measure(workspace)?.report(workspace)
}

/// Builds `target/dist/afterword`, with the assets of `target/assets` inside.
///
/// # Errors
/// A build fails or a file cannot be written.
pub fn program(workspace: &Workspace) -> anyhow::Result<()> {
    assets::build(workspace)?;
    say("building the server");
    process::run(workspace.cargo().args(["build", "--release", "--package", "afterword"]))?;
    let dist = workspace.dist_dir();
    fs::create_dir_all(&dist).with_context(|| format!("{} cannot be made", dist.display()))?;
    let built = workspace.cargo_target.join("release").join(format!("afterword{}", std::env::consts::EXE_SUFFIX));
    // A running copy cannot be written over, but it can be replaced.
    let program = workspace.program();
    let fresh = program.with_extension("new");
    let replaced = fs::copy(&built, &fresh).and_then(|_| fs::rename(&fresh, &program));
    replaced.with_context(|| format!("{} cannot be written", program.display()))
}
