//! What axe-core, the accessibility checker, finds in the page.

use crate::Browser;
use anyhow::Result;
use serde_json::Value;

/// axe-core 4.14.1, MPL-2.0, unchanged; its licence lies beside it.
const AXE: &str = include_str!("../vendor/axe.min.js");
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    // Beside what it asks by default: the rules of WCAG 2.2.
    axe.run(document, { rules: { 'target-size': { enabled: true } } }).then(
      ({ violations }) => done(violations.map((v) => `${v.id}: ${v.help} — ` + v.nodes.map((n) => n.target.flat().join(' ') + ' ' + n.any.map((a) => a.message).join('; ')).join(' | '))),
      (error) => done(['axe failed: ' + error]),
    );";

/// Every violation in the whole page, the thread's shadow root included, as one line each.
///
/// # Errors
/// The browser does not answer.
pub async fn violations(browser: &Browser) -> Result<Vec<String>> {
    let driver = browser.driver();
    driver.execute(AXE, Vec::<Value>::new()).await?;
    Ok(driver.execute_async(RUN, Vec::<Value>::new()).await?.convert()?)
}
