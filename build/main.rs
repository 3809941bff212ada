//! Checks the message files in `locales/` and writes them as Rust: see `docs/TRANSLATING.md`.

mod check;
mod message_file;
#[path = "../src/text/plural_category.rs"]
mod plural_category;
#[path = "../src/text/plural_rules.rs"]
mod plural_rules;
mod pseudo;
mod write;

use message_file::MessageFile;
use plural_category::PluralCategory;
use std::path::Path;
use std::{env, fs};

/// The file that all others follow.
const ENGLISH: &str = "en";
/// What each message is for, in English, by key: for translators, and the documentation of [`write::strings`]' fields.
const NOTES: &str = "notes";

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/text/plural_category.rs");
    println!("cargo::rerun-if-changed=src/text/plural_rules.rs");
    if let Err(faults) = run(Path::new("locales")) {
        faults.iter().for_each(|fault| println!("cargo::error={fault}"));
    }
}

fn run(folder: &Path) -> Result<(), Vec<String>> {
    let mut files = read_all(folder)?;
    let mut take = |tag: &str| {
        let at = files.iter().position(|file| file.tag == tag);
        at.map(|at| files.remove(at)).ok_or_else(|| vec![format!("{tag}.json is missing in {}", folder.display())])
    };
    let (english, notes) = (take(ENGLISH)?, take(NOTES)?);
    let mut faults = check::english(&english, &notes);
    faults.extend(files.iter().flat_map(|file| check::translation(file, &english)));
    if !faults.is_empty() {
        return Err(faults);
    }
    files.insert(0, pseudo::of(&english));
    files.insert(0, english);
    write("strings.rs", &write::strings(&files[0], &notes))?;
    write("locales.rs", &write::locales(&files))
}

fn read_all(folder: &Path) -> Result<Vec<MessageFile>, Vec<String>> {
    let entries = fs::read_dir(folder).map_err(|error| vec![format!("{}: {error}", folder.display())])?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        match read(path) {
            Ok(file) => files.push(file),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

fn read(path: &Path) -> Result<MessageFile, String> {
    let tag = path.file_stem().unwrap_or_default().to_string_lossy();
    let json = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    MessageFile::parse(&tag, &json).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(name: &str, source: &str) -> Result<(), Vec<String>> {
    let folder = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    let path = Path::new(&folder).join(name);
    fs::write(&path, source).map_err(|error| vec![format!("{}: {error}", path.display())])
}
