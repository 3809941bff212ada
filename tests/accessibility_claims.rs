//! The tests that `docs/ACCESSIBILITY.md` names are there.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_test_that_the_guide_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    ["src", "tests", "e2e/tests"].iter().for_each(|folder| sources(&root.join(folder), &mut paths));
    let code: String = paths.iter().map(|path| fs::read_to_string(path).expect("a source")).collect();
    let guide = fs::read_to_string(root.join("docs/ACCESSIBILITY.md")).expect("the guide");
    let quoted = guide.split('`').skip(1).step_by(2);
    let tests: Vec<&str> = quoted.filter(|name| name.matches('_').count() > 2 && !name.contains(['/', '.'])).collect();
    assert!(tests.len() > 30, "{tests:?}");
    let missing: Vec<_> = tests.into_iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "no such tests: {missing:?}");
}
