//! A reader who scrolls through a long thread.

use crate::ThreadPage;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

const SCROLL: &str = include_str!("scroll.js");
/// So long at a time that the driver does not lose patience.
const BATCH_MS: u32 = 10_000;
/// Patience with a thread that does not end.
const MAX_BATCHES: u32 = 60;

/// What a reader met on the way, from the page's load on.
#[derive(Clone, Debug, Default)]
pub struct Scrolled {
    /// Comments that were on the page at some time.
    pub seen: u64,
    /// Most elements of the thread at any time.
    pub elements: u64,
    /// By how many pixels a row in sight moved, each time that one did.
    pub jumps: Vec<f64>,
    /// How often there was nothing yet where comments belong.
    pub blanks: u64,
}

impl ThreadPage {
    /// Scrolls down to the end of the page and asks for more wherever it is offered.
    ///
    /// # Errors
    /// The browser does not answer, or there is no end.
    pub async fn scroll_down(&self) -> Result<Scrolled> {
        self.scroll(1).await
    }

    /// Scrolls up to the beginning of the page.
    ///
    /// # Errors
    /// As for [`ThreadPage::scroll_down`].
    pub async fn scroll_up(&self) -> Result<Scrolled> {
        self.scroll(-1).await
    }

    async fn scroll(&self, way: i32) -> Result<Scrolled> {
        // An arrow function has the arguments of what is around it.
        let script = format!("return (async () => {{ {SCROLL} }})()");
        for _ in 0..MAX_BATCHES {
            let met = self.run(&script, vec![json!(way), json!(BATCH_MS)]).await?;
            if met["is_done"] == true {
                return read(&met);
            }
        }
        bail!("the thread does not end")
    }
}

fn read(met: &Value) -> Result<Scrolled> {
    let count = |name: &str| met[name].as_u64().with_context(|| format!("no {name}"));
    let jumps = met["jumps"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    Ok(Scrolled { seen: count("seen")?, elements: count("elements")?, jumps, blanks: count("blanks")? })
}
