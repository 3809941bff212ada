//! A database with threads of fifty and of a million comments. It takes minutes to make and is kept for the next time.

use crate::bench::ORIGIN;
use crate::program::Program;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use std::fs;

/// Comments of the small threads, and of the large ones.
pub const SIZES: [u32; 2] = [50, 1_000_000];
/// The shapes of `afterword synth` that are hard to read: a million root comments, chains at the greatest depth, one comment with
/// half a million replies.
pub const SHAPES: [&str; 3] = ["wide", "deep", "hot"];
/// Written once all threads are there; another text means that others are wanted.
const MADE: &str = "threads of 50 and 1,000,000 comments, version 1";

/// The page of a thread.
pub fn page_key(shape: &str, size: u32) -> String {
    format!("/{shape}-{size}")
}

/// The program on that database, which is made if it is not there: a file, or the empty database of a URL.
///
/// # Errors
/// The program refuses, or the disk is full: each million comments takes about a gigabyte.
pub fn prepare(workspace: &Workspace, database_url: Option<&str>) -> anyhow::Result<Program> {
    let folder =
        workspace.root.join(if database_url.is_some() { "target/large-threads-elsewhere" } else { "target/large-threads" });
    let mark = folder.join("made");
    let made = format!("{MADE}{}", database_url.unwrap_or_default());
    let program = Program::with_data(workspace, &folder).on(database_url);
    if fs::read_to_string(&mark).is_ok_and(|text| text == made) {
        return Ok(program);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    program.add_site(ORIGIN)?;
    for size in SIZES {
        for shape in SHAPES {
            say(&format!("making a thread of {size} comments, {shape}"));
            program.synth(&page_key(shape, size), shape, size)?;
        }
    }
    fs::write(&mark, made).with_context(|| format!("{} cannot be written", mark.display()))?;
    Ok(program)
}
