//! What is in the database in the end, against what was said to be there.

use crate::Server;
use crate::wire_post::body_of;
use anyhow::{Result, ensure};
use std::collections::BTreeMap;

/// How often each body stands in the database.
pub struct Stored(BTreeMap<String, u32>);

impl Stored {
    /// Asks the program for all of the site's comments.
    ///
    /// # Errors
    /// The program refuses.
    pub async fn of(server: &Server) -> Result<Self> {
        let mut counts = BTreeMap::new();
        for line in server.export().await?.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            if let Some(body) = record["body_markdown"].as_str() {
                *counts.entry(body.to_owned()).or_default() += 1;
            }
        }
        Ok(Self(counts))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Holds that none is there twice, and each acknowledged one is there.
    ///
    /// # Errors
    /// One is lost or doubled.
    pub fn agrees(&self, acknowledged: impl IntoIterator<Item = u64>) -> Result<()> {
        let lost: Vec<u64> = acknowledged.into_iter().filter(|number| !self.0.contains_key(&body_of(*number))).collect();
        ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let doubled: Vec<_> = self.0.iter().filter(|(_, count)| **count > 1).collect();
        ensure!(doubled.is_empty(), "stored twice: {doubled:?}");
        Ok(())
    }
}
