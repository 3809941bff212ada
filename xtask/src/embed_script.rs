//! `embed.js`, put together from its parts.

use crate::minify::{Script, minify};
use crate::workspace::Workspace;
use anyhow::Context;
use std::fs;

/// The parts in the order in which they run; each uses those before it.
const PARTS: [&str; 8] = ["element", "options", "room", "look", "early", "thread", "mount", "tag"];

/// What `GET /embed/SLUG.js` puts the painted thread in the place of; no thread where it still stands.
const PAINTED: &str = "AFTERWORD_PAINTED";

/// The parts that stand beside the widget's glue in one module, because they are needed when it is.
const LIVE_PARTS: [&str; 9] = ["report", "start", "stall", "frame", "recover", "listen", "follow", "seen", "take_over"];

/// The widget's module: its glue, and what brings the widget into a page. `takeOver` is its door; `embed.js` 0.1.0 uses the glue's own.
///
/// # Errors
/// A part is missing or no JavaScript.
pub fn module(workspace: &Workspace, glue: &str) -> anyhow::Result<String> {
    minify(&[glue, &joined(workspace, "embed/live", &LIVE_PARTS)?].concat(), Script::Module)
}

/// The script that a page names, minified: one function, so that no name of ours is seen by the page.
///
/// # Errors
/// A part is missing or no JavaScript.
pub fn build(workspace: &Workspace) -> anyhow::Result<String> {
    let mut source = String::from("export default (painted) => {\n");
    source.push_str(&joined(workspace, "embed", &PARTS)?);
    source += "}";
    let exported = minify(&source, Script::Module)?;
    let function = exported.strip_prefix("export default").context("the script is not one function")?;
    Ok(format!("({})(\"{PAINTED}\");", function.trim().trim_end_matches(';')))
}

fn joined(workspace: &Workspace, folder: &str, parts: &[&str]) -> anyhow::Result<String> {
    let read = |part: &&str| {
        let file = workspace.root.join(folder).join(part).with_extension("js");
        fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
    };
    parts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_one_place_for_a_painted_thread() {
        let script = build(&Workspace::find().unwrap()).unwrap();
        assert_eq!(script.matches(PAINTED).count(), 1);
        assert!(minify(&script, Script::Classic).is_ok(), "the parts do not make a script");
    }
}
