//! The widget, built for browsers.

use crate::process;
use crate::setup::{WASM, WasmToolchain};
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use wasm_bindgen_cli_support::Bindgen;

const BIN: &str = "afterword-widget";
const PROFILE: &str = "widget";

/// The widget as wasm-bindgen leaves it: a module whose default export takes the address of the WebAssembly.
pub struct Widget {
    /// The JavaScript glue.
    pub glue: String,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
}

/// Compiles the widget with the profile that readers download.
///
/// # Errors
/// It does not compile, or needs more than the two files.
pub fn build(workspace: &Workspace, toolchain: WasmToolchain) -> anyhow::Result<Widget> {
    let mut cargo = toolchain.smallest_cargo(workspace, "build");
    cargo.args(["--package", BIN, "--bin", BIN, "--features", "csr", "--profile", PROFILE]);
    process::run(&mut cargo)?;
    let compiled = workspace.cargo_target.join(WASM).join(PROFILE).join(format!("{BIN}.wasm"));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).web(true)?.typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output().context("wasm-bindgen refuses the widget")?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "the widget carries JavaScript of its own besides the glue; it must be two files"
    );
    let wasm = output.wasm_mut().emit_wasm();
    Ok(Widget { glue: without_unused_exports(output.js()), wasm })
}

/// Nobody starts the widget from bytes that are there already; unexported, the function for it is dropped by the minifier.
fn without_unused_exports(glue: &str) -> String {
    glue.replace("export { initSync, __wbg_init as default };", "export { __wbg_init as default };")
}
