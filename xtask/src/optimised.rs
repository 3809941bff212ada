//! `cargo xtask bench`, carried out by an optimised build of this program: a slow client would measure itself.

use crate::bench_options::BenchOptions;
use crate::step::say;
use crate::workspace::Workspace;
use crate::{chromium, dist, process};
use clap::ValueEnum;

/// Builds what is measured and what measures, and measures.
///
/// # Errors
/// A build fails, or the measuring does.
pub fn bench(workspace: &Workspace, options: &BenchOptions) -> anyhow::Result<()> {
    chromium::ready()?;
    dist::program(workspace)?;
    say("building what measures");
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--release", "--package", "xtask", "--features", "bench", "--", "measure"]);
    if let Some(file) = &options.json {
        cargo.arg("--json").arg(std::path::absolute(file)?);
    }
    if let Some(url) = &options.database {
        cargo.args(["--database", url]);
    }
    for part in options.only.iter().filter_map(ValueEnum::to_possible_value) {
        cargo.args(["--only", part.get_name()]);
    }
    process::run(&mut cargo)
}
