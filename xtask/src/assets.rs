//! The files a browser loads, as the server embeds them.

use crate::compress::{Size, write_compressed};
use crate::embed_script;
use crate::setup;
use crate::step::say;
use crate::widget;
use crate::workspace::Workspace;
use anyhow::Context;
use std::fs;

/// Name of the one script that a page names.
pub const EMBED_SCRIPT: &str = "embed.js";
/// Name of the widget's glue.
pub const WIDGET_SCRIPT: &str = "widget.js";
/// Name of the widget's WebAssembly.
pub const WIDGET_WASM: &str = "widget.wasm";

/// Writes all of them, each also as `.br` and `.gz`, into [`Workspace::widget_dir`].
///
/// # Errors
/// The widget cannot be built, a script is no JavaScript, or a file cannot be written.
pub fn build(workspace: &Workspace) -> anyhow::Result<Vec<Size>> {
    let toolchain = setup::wasm_toolchain(workspace)?;
    say("building the widget for browsers");
    let widget = widget::build(workspace, toolchain)?;
    say("making its files small");
    let embed = embed_script::build(workspace)?;
    let dir = workspace.widget_dir();
    fs::create_dir_all(&dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    Ok(vec![
        write_compressed(&dir, EMBED_SCRIPT, embed.as_bytes())?,
        write_compressed(&dir, WIDGET_SCRIPT, embed_script::module(workspace, &widget.glue)?.as_bytes())?,
        write_compressed(&dir, WIDGET_WASM, &widget.wasm)?,
    ])
}
