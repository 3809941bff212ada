//! The widget, built for browsers.

use crate::process;
use crate::setup::{WASM, WasmToolchain};
use crate::short_names;
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use std::collections::HashSet;
use walrus::{ElementItems, Export, Function, FunctionBuilder, Module};
use wasm_bindgen_cli_support::Bindgen;

const BIN: &str = "afterword-widget";
const PROFILE: &str = "widget";
/// In the name of each function of that crate, and of each that is generic over a type of it.
const STREAMS: &str = "wasm_streams";

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
    let glue = short_names::shorten(glue, module);
    Ok(Widget { glue, wasm: module.emit_wasm() })
}

/// Nobody starts the widget from bytes that are there already, nor makes streams of it; unexported, the minifier drops both.
fn without_unused_exports(glue: &str) -> String {
    let glue = glue.replace("export { initSync, __wbg_init as default };", "export { __wbg_init as default };");
    glue.replace("export class IntoUnderlying", "class IntoUnderlying")
}

/// A crate below Leptos exports classes for streams, which keeps all of their code; the widget has no streams. What the table
/// of functions names stays as well, called or not: there, something that does nothing takes its place.
fn drop_streams(module: &mut Module) {
    let exports: Vec<_> = module.exports.iter().filter(|export| export.name.contains("intounderlying")).map(Export::id).collect();
    exports.into_iter().for_each(|export| module.exports.delete(export));
    let is_of_streams = |function: &Function| function.name.as_ref().is_some_and(|name| name.contains(STREAMS));
    let unused: HashSet<_> = module.funcs.iter().filter(|function| is_of_streams(function)).map(Function::id).collect();
    let nothing = FunctionBuilder::new(&mut module.types, &[], &[]).finish(Vec::new(), &mut module.funcs);
    for elements in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut elements.items {
            functions.iter_mut().filter(|function| unused.contains(function)).for_each(|function| *function = nothing);
        }
    }
    walrus::passes::gc::run(module);
}
