//! Whether a reader sees every text whole.

use crate::ThreadPage;
use anyhow::{Result, ensure};

const CUT_TEXT: &str = include_str!("cut_text.js");

impl ThreadPage {
    /// Holds that no text in the thread is cut off, by the screen or by what stands around it, and that nothing scrolls sideways.
    ///
    /// # Errors
    /// Some is; the sentence names it.
    pub async fn hold_nothing_is_cut(&self) -> Result<()> {
        let cut = self.run(CUT_TEXT, vec![]).await?;
        ensure!(cut.as_array().is_some_and(Vec::is_empty), "cut off: {cut:#}");
        Ok(())
    }
}
