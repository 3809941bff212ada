//! Readers whose system asks for something: contrast themes, less motion, fingers, paper, spaced-out text.

use crate::{Browser, ThreadPage};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use thirtyfour::common::print::PrintParameters;

/// What WCAG 1.4.12 lets a reader set, as a style sheet of theirs would.
const TEXT_SPACING: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
                       p { margin-block-end: 2em !important; }`);
    for (const scope of [document, root]) scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];";

const AFTER_TWO_FRAMES: &str =
    "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";

impl Browser {
    /// Makes media queries answer as if the system asked for these; an empty list ends it.
    ///
    /// # Errors
    /// The browser does not answer; so for every verb here.
    pub async fn prefer(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Shows the page as it would be printed, or (`false`) on screen again.
    pub async fn show_as_print(&self, is_print: bool) -> Result<()> {
        self.devtools("Emulation.setEmulatedMedia", json!({"media": if is_print { "print" } else { "" }})).await.map(drop)
    }

    /// A phone held in the hand: its pointer is a finger.
    pub async fn use_fingers(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": true});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({"enabled": true})).await.map(drop)
    }

    /// Keeps a picture of the screen as `target/e2e/NAME.png`, once what last changed is drawn.
    pub async fn keep_picture(&self, name: &str) -> Result<PathBuf> {
        self.driver().execute_async(AFTER_TWO_FRAMES, vec![]).await?;
        let file = pictures()?.join(format!("{name}.png"));
        self.driver().screenshot(&file).await.context("a picture")?;
        Ok(file)
    }

    /// Prints the page as `target/e2e/NAME.pdf`, without grounds, as browsers do unless told otherwise.
    pub async fn print_to_pdf(&self, name: &str) -> Result<()> {
        let pdf = self.driver().print_page(PrintParameters::default()).await?;
        Ok(std::fs::write(pictures()?.join(format!("{name}.pdf")), pdf)?)
    }

    async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver().cdp().send_raw(method, parameters).await?)
    }
}

/// Where pictures are kept.
fn pictures() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl ThreadPage {
    /// Spaces out all text as far as WCAG 1.4.12 asks a page to bear.
    ///
    /// # Errors
    /// The browser does not answer; so for every verb here.
    pub async fn space_out_text(&self) -> Result<()> {
        self.run(TEXT_SPACING, vec![]).await.map(drop)
    }

    /// A script's answer as lines of text.
    pub async fn lines(&self, script: &str) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.run(script, vec![]).await?)?)
    }
}
