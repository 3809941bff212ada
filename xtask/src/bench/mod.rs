//! `cargo xtask bench`: what a reader waits for and what an operator's machine gives, against the budgets.
//!
//! Measured in an optimised build of this program, which `cargo xtask bench` makes for itself.

mod bare_route;
mod client;
mod firefox;
mod http;
mod large;
mod large_threads;
mod live;
mod load;
mod median;
mod memory;
mod page;
mod posting;
mod reading;
mod scrolling;
mod typing;

pub use bare_route::serve as serve_bare_route;

use crate::budget::{self, Measured};
use crate::program::Program;
use crate::sizes;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tokio::runtime::Runtime;

/// Origin of the pages that may write.
const ORIGIN: &str = "http://localhost";

/// Measures everything (on the database of a URL only what depends on it), prints it as a table, and writes it to a file if one is named. The program must be built.
///
/// # Errors
/// Something cannot be measured, or a budget is exceeded; what was measured is printed and written all the same.
pub fn measure(workspace: &Workspace, json_file: Option<&Path>, database_url: Option<&str>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut measured = Vec::new();
    if database_url.is_none() {
        measured.extend(on_a_file(workspace, &runtime)?);
    }
    say("measuring threads of a million comments");
    measured.extend(runtime.block_on(large::measure(&large_threads::prepare(workspace, database_url)?))?);
    if let Some(file) = json_file {
        let lines: Vec<Value> = measured.iter().map(to_json).collect();
        let text = serde_json::to_string_pretty(&lines)?;
        fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))?;
    }
    budget::hold(&measured)
}

/// What does not differ from database to database, on a file of its own.
fn on_a_file(workspace: &Workspace, runtime: &Runtime) -> anyhow::Result<Vec<Measured>> {
    let mut measured = Vec::new();
    say("measuring what a reader downloads");
    measured.extend(sizes::measure(workspace)?.measured());
    say("measuring in the browser");
    measured.extend(runtime.block_on(page::measure(workspace))?);
    measured.push(runtime.block_on(typing::measure(workspace))?);
    say("scrolling through ten thousand comments");
    measured.extend(runtime.block_on(scrolling::measure())?);
    say("measuring in Firefox");
    measured.extend(firefox::measure(workspace)?);
    // On the disk that the checkout is on, not on one of memory.
    let folder = tempfile::tempdir_in(workspace.dist_dir())?;
    let program = Program::with_data(workspace, folder.path());
    say("measuring the idle server");
    measured.push(memory::measure(workspace, &program)?);
    say("measuring reads");
    measured.push(runtime.block_on(reading::measure(&program))?);
    say("measuring posts");
    measured.push(runtime.block_on(posting::measure(&program))?);
    measured.push(runtime.block_on(posting::beside_readers(&program))?);
    say("measuring readers who follow a thread");
    measured.extend(runtime.block_on(live::measure(&program))?);
    Ok(measured)
}

fn to_json(measured: &Measured) -> Value {
    let budget = measured.budget;
    json!({
        "what": budget.what, "unit": budget.unit, "value": measured.value, "must": budget.must, "aim": budget.aim,
        "verdict": budget.verdict(measured.value).to_string(),
    })
}
