//! Pictures of the thread, held against each other.

use crate::{Browser, ThreadPage};
use anyhow::{Context, Result};
use serde_json::json;

/// Draws both and counts the pixels of which a channel differs by more than a rounding of colours.
const COUNT: &str = "
    const done = arguments[arguments.length - 1];
    const pixels = async (base64) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + base64;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    Promise.all([pixels(arguments[0]), pixels(arguments[1])]).then(([a, b]) => {
      if (a.width !== b.width || a.height !== b.height) return done(1);
      let differing = 0;
      for (let at = 0; at < a.data.length; at += 4)
        if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > 8)) differing++;
      done(differing * 4 / a.data.length);
    }, (error) => done(String(error)));";

/// How a thread looked.
#[derive(Clone, Debug)]
pub struct Picture {
    base64: String,
}

impl Picture {
    /// The share of pixels that differ, from 0 to 1; 1 where the sizes do.
    ///
    /// # Errors
    /// The browser, which does the counting, does not answer.
    pub async fn difference(&self, other: &Self, browser: &Browser) -> Result<f64> {
        let pictures = vec![json!(self.base64), json!(other.base64)];
        let answer = browser.driver().execute_async(COUNT, pictures).await?;
        answer.json().as_f64().with_context(|| format!("no share: {}", answer.json()))
    }
}

impl ThreadPage {
    /// The thread as it looks now, without what stands around it.
    ///
    /// # Errors
    /// The browser does not answer, or there is no thread.
    pub async fn picture(&self) -> Result<Picture> {
        let thread = self.find(".aw").await?;
        thread.scroll_into_view().await?;
        Ok(Picture { base64: thread.screenshot_as_png_base64().await? })
    }
}
