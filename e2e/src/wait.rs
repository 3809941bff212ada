//! Waiting for a condition, never for a duration.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How long a condition may take to come true on a busy machine of two cores.
const DEADLINE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(25);

/// Asks again and again until the answer is something, and gives it back.
///
/// # Errors
/// Nothing within 30 seconds; the sentence names `what`, and the last error if the asking itself failed.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        let answer = ask().await;
        if let Ok(Some(found)) = answer {
            return Ok(found);
        }
        if begun.elapsed() > DEADLINE {
            match answer {
                Err(error) => bail!("waited for: {what}; {error}"),
                Ok(_) => bail!("waited for: {what}"),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
