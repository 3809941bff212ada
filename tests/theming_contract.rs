//! The theming contract: the tokens and parts of the code are those of the embedding guide, no more and no fewer.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Set by our own style sheets alone: how deep a row stands, how wide a step is, which rail is lit, an avatar's hue.
const PRIVATE: [&str; 4] = ["--aw-depth", "--aw-step", "--aw-lit", "--aw-avatar"];

fn read_all(folder: &str, extension: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let wanted = paths.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| fs::read_to_string(path).expect("a file")).collect()
}

/// Every word that follows one of these, up to its end.
fn words_after<'a>(text: &'a str, start: &str, prefix: &str) -> BTreeSet<String> {
    let word =
        |rest: &'a str| rest.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).next().unwrap_or_default();
    text.split(start).skip(1).map(|rest| format!("{prefix}{}", word(rest))).collect()
}

/// What the first cells of the embedding guide's table under a heading name, in backticks.
fn documented(heading: &str) -> BTreeSet<String> {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/EMBEDDING.md")).expect("the guide");
    let (_, section) = guide.split_once(&format!("\n### {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let section = section.split("\n#").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn the_guide_lists_every_token_and_no_other() {
    let used: BTreeSet<String> = words_after(&read_all("style", "css"), "--aw-", "--aw-")
        .into_iter()
        .filter(|token| !PRIVATE.contains(&token.as_str()))
        .collect();
    assert_eq!(documented("Tokens"), used);
}

#[test]
fn the_guide_lists_every_part_and_no_other() {
    let components = read_all("src/components", "rs");
    let mut parts = words_after(&components, "part=\"", "");
    parts.append(&mut words_after(&components, "\"part\", \"", ""));
    assert_eq!(documented("Parts"), parts);
}

#[test]
fn a_private_property_is_set_by_our_own_sheets() {
    let own = read_all("style", "css");
    for token in PRIVATE {
        assert!(own.contains(&format!("{token}: ")), "{token} is set nowhere: it may be public by now");
    }
}
