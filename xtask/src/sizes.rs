//! What browsers download, as `target/dist/sizes.json` and against the budgets.

use crate::assets::{COUNT_SCRIPT, EMBED_SCRIPT, WIDGET_SCRIPT, WIDGET_WASM};
use crate::budget::{self, Measured};
use crate::compress::Size;
use crate::program::{self, Program, SITE};
use crate::sample_thread;
use crate::workspace::Workspace;
use afterword_wire::address;
use anyhow::Context;
use std::fs;

/// The style sheet of the thread.
const STYLESHEET: &str = "thread.css";
/// The first slice of a thread of 50 comments, painted.
const THREAD: &str = "thread.html";
/// The script with that slice inside.
const PAINTED_SCRIPT: &str = "embed/SLUG.js";
/// What a browser asks for before the first comment shows: the painted thread carries its own style.
const BEFORE_FIRST_COMMENT: [&str; 2] = [EMBED_SCRIPT, THREAD];
const ORIGIN: &str = "http://localhost";
const COMMENTS: usize = 50;

/// What makes a browser fetch one more thing before it shows a painted thread.
const FETCHES: [&str; 4] = ["<link", "<img", "@import", "url("];

/// Every file that a browser loads.
pub struct Sizes {
    files: Vec<Size>,
    /// Requests before the first comment shows.
    requests: usize,
}

/// Measures the built assets, and the answers of the built program for a thread of 50 comments of 20 to 120 words.
///
/// # Errors
/// Something is not built, or the program does not answer.
pub fn measure(workspace: &Workspace) -> anyhow::Result<Sizes> {
    let mut sizes = Vec::new();
    for name in [EMBED_SCRIPT, COUNT_SCRIPT, WIDGET_SCRIPT, WIDGET_WASM] {
        let file = workspace.widget_dir().join(name);
        let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        sizes.push(Size::of(name, &bytes)?);
    }
    let folder = tempfile::tempdir()?;
    let program = Program::with_data(workspace, folder.path());
    program.seed(ORIGIN, &sample_thread::records(workspace, COMMENTS)?)?;
    let server = program.serve(&program::free_address()?, &[])?;
    let page = format!("?site={SITE}&page={}", sample_thread::PAGE_KEY);
    let thread = get(&format!("{}{}{page}", server.url, address::THREAD_HTML))?;
    sizes.push(Size::of(STYLESHEET, stylesheet(&thread)?.as_bytes())?);
    sizes.push(Size::of(THREAD, thread.as_bytes())?);
    let script = address::PAINTED_SCRIPT.replace("{script}", &format!("{SITE}.js"));
    let script = get(&format!("{}{script}?page={}", server.url, sample_thread::PAGE_KEY))?;
    sizes.push(Size::of(PAINTED_SCRIPT, script.as_bytes())?);
    let fetched_by_thread: usize = FETCHES.iter().map(|fetch| thread.matches(fetch).count()).sum();
    Ok(Sizes { files: sizes, requests: BEFORE_FIRST_COMMENT.len() + fetched_by_thread })
}

impl Sizes {
    /// Writes them, prints them, and holds them against the budgets.
    ///
    /// # Errors
    /// A budget is exceeded, or the file cannot be written.
    pub fn report(&self, workspace: &Workspace) -> anyhow::Result<()> {
        let file = workspace.dist_dir().join("sizes.json");
        let json = serde_json::to_string_pretty(&self.files)?;
        fs::write(&file, json + "\n").with_context(|| format!("{} cannot be written", file.display()))?;
        println!("{:<14}{:>10}{:>10}{:>10}", "name", "raw", "gzip", "brotli");
        for Size { name, raw, gzip, brotli } in &self.files {
            println!("{name:<14}{raw:>10}{gzip:>10}{brotli:>10}");
        }
        budget::hold(&self.measured())
    }

    /// What of this has a budget.
    pub fn measured(&self) -> Vec<Measured> {
        let brotli = |names: &[&str]| {
            let counted = self.files.iter().filter(|size| names.contains(&size.name.as_str()));
            counted.map(|size| size.brotli).sum::<usize>() as f64
        };
        vec![
            budget::EMBED.at(brotli(&[EMBED_SCRIPT])),
            budget::COUNT.at(brotli(&[COUNT_SCRIPT])),
            budget::WIDGET.at(brotli(&[WIDGET_SCRIPT, WIDGET_WASM, STYLESHEET])),
            budget::FIRST_COMMENT.at(brotli(&BEFORE_FIRST_COMMENT)),
            budget::FIRST_COMMENT_ONE_REQUEST.at(brotli(&[PAINTED_SCRIPT])),
            budget::FIRST_COMMENT_REQUESTS.at(self.requests as f64),
        ]
    }
}

fn get(url: &str) -> anyhow::Result<String> {
    let mut answer = ureq::get(url).call().with_context(|| format!("{url} does not answer"))?;
    answer.body_mut().read_to_string().with_context(|| format!("{url} answers no text"))
}

/// The style sheet that comes with a painted thread.
fn stylesheet(thread: &str) -> anyhow::Result<&str> {
    let inside = thread.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    inside.map(|(stylesheet, _)| stylesheet).context("the painted thread brings no style sheet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_found_in_a_painted_thread() {
        assert_eq!(stylesheet("<style>a{}</style><div>").unwrap(), "a{}");
        assert!(stylesheet("<div>").is_err());
    }

    #[test]
    fn the_style_sheet_counts_for_the_widget_and_the_thread_for_the_first_comment() {
        let size = |name: &str, brotli| Size { name: name.to_owned(), raw: 0, gzip: 0, brotli };
        let all = [
            (EMBED_SCRIPT, 1),
            (COUNT_SCRIPT, 2),
            (WIDGET_SCRIPT, 10),
            (WIDGET_WASM, 100),
            (STYLESHEET, 1_000),
            (THREAD, 10_000),
            (PAINTED_SCRIPT, 5),
        ];
        let sizes = Sizes { files: all.into_iter().map(|(name, brotli)| size(name, brotli)).collect(), requests: 2 };
        let values: Vec<f64> = sizes.measured().iter().map(|measured| measured.value).collect();
        assert_eq!(values, [1.0, 2.0, 1_110.0, 10_001.0, 5.0, 2.0]);
    }
}
