//! The suites of `tests/` that run in a browser.

use crate::setup::{WASM, WasmToolchain};
use crate::step::say;
use crate::tally::Tally;
use crate::test::group;
use crate::workspace::Workspace;
use anyhow::Context;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Hidden command by which cargo starts this very program to run a suite; its version cannot differ from the library's.
pub const RUNNER: &str = "run-browser-suite";

/// By this a suite of the browser is told from a native one.
const MARK: &str = "wasm_bindgen_test";

/// Builds and runs each suite. One that runs no test fails: nobody would notice that it holds nothing any more.
///
/// # Errors
/// `tests/` cannot be read.
pub fn run(workspace: &Workspace, toolchain: WasmToolchain) -> anyhow::Result<Tally> {
    let runner = std::env::current_exe().context("this program has no path")?;
    // As a list, because a path may hold spaces.
    let runner_setting = format!("target.{WASM}.runner = {}", serde_json::to_string(&[runner.as_path(), Path::new(RUNNER)])?);
    let mut tally = Tally::default();
    for suite in suites(workspace)? {
        say(&format!("testing in the browser: {suite}"));
        let mut cargo = toolchain.cargo(workspace, "test");
        cargo.args(["--package", "afterword-widget", "--features", "csr", "--test", &suite]);
        let ran = group(cargo.args(["--config", &runner_setting]));
        if ran.is_empty() {
            println!("{suite} ran no test");
            tally += Tally::ONE_FAILED;
        }
        tally += ran;
    }
    Ok(tally)
}

/// Runs one compiled suite in headless Chromium, as wasm-bindgen's own test runner does.
///
/// # Errors
/// A test fails, or the browser does not answer.
pub fn run_one(arguments: Vec<OsString>) -> anyhow::Result<()> {
    let name = OsString::from("wasm-bindgen-test-runner");
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(name).chain(arguments))
}

fn suites(workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let dir = workspace.root.join("tests");
    let mut names = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("{} cannot be read", dir.display()))? {
        let file = entry?.path();
        let is_source = file.extension().is_some_and(|extension| extension == "rs");
        if is_source && fs::read_to_string(&file)?.contains(MARK) {
            names.extend(file.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}
