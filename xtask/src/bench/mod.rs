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

use crate::bench_options::{BenchOptions, BenchPart};
use crate::budget::{self, Measured};
use crate::program::Program;
use crate::sample_thread;
use crate::sizes;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use serde_json::{Value, json};
use std::fs;
use tokio::runtime::Runtime;

/// Origin of the pages that may write.
const ORIGIN: &str = "http://localhost";
/// Comments of the thread that is read and written to, where nothing else is said.
const COMMENTS: usize = 50;

/// Measures what is asked for, prints it as a table, and writes it to a file if one is named. The program must be built.
///
/// # Errors
/// Something cannot be measured, or a budget is exceeded; what was measured is printed and written all the same.
pub fn measure(workspace: &Workspace, options: &BenchOptions) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut measured = in_browsers(workspace, &runtime, options)?;
    measured.extend(of_the_server(workspace, &runtime, options)?);
    if options.has(BenchPart::Large) {
        say("measuring threads of a million comments");
        let program = large_threads::prepare(workspace, options.database.as_deref())?;
        measured.extend(runtime.block_on(large::measure(&program))?);
    }
    if let Some(file) = &options.json {
        let lines: Vec<Value> = measured.iter().map(to_json).collect();
        let text = serde_json::to_string_pretty(&lines)?;
        fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))?;
    }
    budget::hold(&measured)
}

/// What a reader downloads, and what becomes of it.
fn in_browsers(workspace: &Workspace, runtime: &Runtime, options: &BenchOptions) -> anyhow::Result<Vec<Measured>> {
    let mut measured = Vec::new();
    if options.has(BenchPart::Sizes) {
        say("measuring what a reader downloads");
        measured.extend(sizes::measure(workspace)?.measured());
    }
    if options.has(BenchPart::Page) {
        say("measuring in the browser");
        measured.extend(runtime.block_on(page::measure(workspace))?);
        measured.push(runtime.block_on(typing::measure(workspace))?);
    }
    if options.has(BenchPart::Scrolling) {
        say("scrolling through ten thousand comments");
        measured.extend(runtime.block_on(scrolling::measure())?);
    }
    if options.has(BenchPart::Firefox) {
        say("measuring in Firefox");
        measured.extend(firefox::measure(workspace)?);
    }
    Ok(measured)
}

/// What does not differ from database to database, on a file of its own.
fn of_the_server(workspace: &Workspace, runtime: &Runtime, options: &BenchOptions) -> anyhow::Result<Vec<Measured>> {
    let mut measured = Vec::new();
    if ![BenchPart::Server, BenchPart::Posts, BenchPart::Live].into_iter().any(|part| options.has(part)) {
        return Ok(measured);
    }
    // On the disk that the checkout is on, not on one of memory.
    let folder = tempfile::tempdir_in(workspace.dist_dir())?;
    let program = Program::with_data(workspace, folder.path());
    program.seed(ORIGIN, &sample_thread::records(workspace, COMMENTS)?)?;
    if options.has(BenchPart::Server) {
        say("measuring the idle server");
        measured.push(memory::measure(&program)?);
        say("measuring reads");
        measured.push(runtime.block_on(reading::measure(&program))?);
    }
    if options.has(BenchPart::Posts) {
        say("measuring posts");
        measured.push(runtime.block_on(posting::measure(&program))?);
        measured.extend(runtime.block_on(posting::beside_readers(&program))?);
    }
    if options.has(BenchPart::Live) {
        say("measuring readers who follow a thread");
        measured.extend(runtime.block_on(live::measure(&program))?);
    }
    Ok(measured)
}

fn to_json(measured: &Measured) -> Value {
    let budget = measured.budget;
    json!({
        "what": budget.what, "unit": budget.unit, "value": measured.value, "must": budget.must, "aim": budget.aim,
        "verdict": budget.verdict(measured.value).to_string(),
    })
}
