//! Hostile input that others collected; it lies beside the checkout, never in it.

use serde_json::Value;
use std::path::Path;

/// `count` payloads, spread evenly over all corpora, or `None` with a printed line where the folder is absent.
#[must_use]
pub fn payloads(count: usize) -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures/corpora");
    let all = read_all(&folder);
    if all.is_none() {
        println!("skipped: no corpora in {}", folder.display());
    }
    let all = all?;
    let step = all.len() as f64 / count as f64;
    Some((0..count).map(|at| all[(at as f64 * step) as usize].clone()).collect())
}

fn read_all(folder: &Path) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for name in ["xss-payloadbox.txt", "html-vectors-h5sc.txt"] {
        let text = std::fs::read(folder.join(name)).ok()?;
        let text = String::from_utf8_lossy(&text).into_owned();
        all.extend(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
    }
    let text = std::fs::read_to_string(folder.join("dompurify-payloads.json")).ok()?;
    let cases: Vec<Value> = serde_json::from_str(&text).ok()?;
    all.extend(cases.iter().filter_map(|case| case["payload"].as_str().map(str::to_owned)));
    Some(all)
}
