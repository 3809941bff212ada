//! Every frame that a browser shows for a while. In Chromium only.

use crate::Browser;
use anyhow::{Context, Result};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use thirtyfour::cdp::CdpSession;
use tokio::task::JoinHandle;

/// Markup of a corner of the page that has another colour in each frame, so that every frame differs from the one before and can
/// be told by its number; `frameNumber` is the page's own count.
pub const CLOCK: &str = "<div id=clock style=\"position:fixed;inset:0 auto auto 0;width:8px;height:8px\"></div><script>
    window.frameNumber = 0;
    const tick = () => {
      const n = ++frameNumber;
      clock.style.background = `rgb(${(n >> 10) * 8}, ${((n >> 5) & 31) * 8}, ${(n & 31) * 8})`;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
</script>";

/// For each frame: its number, and the share of pixels that differ from the first frame, the corner of the clock aside.
const DEVELOP: &str = "
    const done = arguments[arguments.length - 1];
    const pixels = async (base64) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + base64;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const [red, green, blue] = context.getImageData(3, 3, 1, 1).data.map((value) => Math.round(value / 8));
      context.clearRect(0, 0, 12, 12);
      return { number: (red << 10) + (green << 5) + blue, data: context.getImageData(0, 0, image.width, image.height).data };
    };
    (async () => {
      let first;
      const frames = [];
      for (const base64 of arguments[0]) {
        const { number, data } = await pixels(base64);
        first ||= data;
        let differing = 0;
        for (let at = 0; at < data.length; at += 4)
          if ([0, 1, 2].some((channel) => Math.abs(data[at + channel] - first[at + channel]) > 8)) differing++;
        frames.push([number, (differing * 4) / data.length]);
      }
      return frames;
    })().then(done, (error) => done(String(error)));";

/// A camera that runs.
pub struct Film {
    session: CdpSession,
    frames: Arc<Mutex<Vec<String>>>,
    camera: JoinHandle<()>,
}

/// One frame that was shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// What `frameNumber` was when it was drawn.
    pub number: u64,
    /// The share of its pixels that differ from the first frame's, from 0 to 1.
    pub difference: f64,
}

impl Film {
    /// Takes every frame from now on.
    ///
    /// # Errors
    /// The browser does not answer, or is not Chromium.
    pub async fn start(browser: &Browser) -> Result<Self> {
        let session = browser.driver().cdp().connect().await?;
        let frames = Arc::new(Mutex::new(Vec::new()));
        let mut events = session.subscribe_all();
        let (taken, answering) = (frames.clone(), session.clone());
        let camera = tokio::spawn(async move {
            while let Some(event) = events.next().await {
                if event.method == "Page.screencastFrame" {
                    keep(&taken, &event.params);
                    // It waits for an answer before it takes more; without one the film ends, which its frames tell.
                    let _ =
                        answering.send_raw("Page.screencastFrameAck", json!({ "sessionId": event.params["sessionId"] })).await;
                }
            }
        });
        session.send_raw("Page.enable", json!({})).await?;
        session.send_raw("Page.startScreencast", json!({ "format": "png", "everyNthFrame": 1 })).await?;
        Ok(Self { session, frames, camera })
    }

    /// How many frames were taken so far.
    #[must_use]
    pub fn length(&self) -> usize {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Stops, and says of each frame how it stands to the first.
    ///
    /// # Errors
    /// The browser, which does the counting, does not answer.
    pub async fn develop(self, browser: &Browser) -> Result<Vec<Frame>> {
        self.session.send_raw("Page.stopScreencast", json!({})).await?;
        self.camera.abort();
        let frames = std::mem::take(&mut *self.frames.lock().unwrap_or_else(PoisonError::into_inner));
        let answer = browser.driver().execute_async(DEVELOP, vec![json!(frames)]).await?;
        let frames = answer.json().as_array().with_context(|| format!("no frames: {}", answer.json()))?;
        frames.iter().map(read_frame).collect()
    }
}

fn keep(frames: &Mutex<Vec<String>>, shown: &Value) {
    if let Some(data) = shown["data"].as_str() {
        frames.lock().unwrap_or_else(PoisonError::into_inner).push(data.to_owned());
    }
}

fn read_frame(frame: &Value) -> Result<Frame> {
    let number = frame[0].as_u64().context("a frame without a number")?;
    Ok(Frame { number, difference: frame[1].as_f64().context("a frame without a difference")? })
}
