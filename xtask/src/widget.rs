//! The widget, built for browsers.

use crate::process;
use crate::setup::{WASM, WasmToolchain};
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use walrus::Module;
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
    let glue = without_unused_exports(output.js());
    let module = output.wasm_mut();
    drop_streams(module);
    Ok(Widget { glue, wasm: module.emit_wasm() })
}

/// Nobody starts the widget from bytes that are there already, nor makes streams of it; unexported, the minifier drops both.
fn without_unused_exports(glue: &str) -> String {
    let glue = glue.replace("export { initSync, __wbg_init as default };", "export { __wbg_init as default };");
    glue.replace("export class IntoUnderlying", "class IntoUnderlying")
}

/// A crate below Leptos exports classes for streams, which keeps all of their code; the widget has no streams.
fn drop_streams(module: &mut Module) {
    let streams: Vec<_> = module.exports.iter().filter(|export| is_of_streams(&export.name)).map(walrus::Export::id).collect();
    streams.into_iter().for_each(|export| module.exports.delete(export));
    walrus::passes::gc::run(module);
}

fn is_of_streams(export: &str) -> bool {
    export.contains("intounderlying")
}
