//! What is to be measured, and where it goes.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of `cargo xtask bench`.
#[derive(Args, Debug)]
pub struct BenchOptions {
    /// Also as JSON into this file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Only what large threads cost, on this database; an empty one is filled first
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Only this part; as often as there are parts
    #[arg(long, value_enum, value_name = "PART", conflicts_with = "database")]
    pub only: Vec<BenchPart>,
}

/// A part of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BenchPart {
    /// What a reader downloads
    Sizes,
    /// A page in Chromium: painting, going live, typing
    Page,
    /// Ten thousand comments in Chromium
    Scrolling,
    /// A page in Firefox
    Firefox,
    /// The idle server's memory, reads from memory
    Server,
    /// Posts, alone and beside readers
    Posts,
    /// Readers who follow a thread
    Live,
    /// Threads of a million comments
    Large,
}

impl BenchOptions {
    /// Whether a part is asked for.
    #[cfg_attr(not(feature = "bench"), expect(dead_code, reason = "asked by what measures"))]
    pub fn has(&self, part: BenchPart) -> bool {
        match self.database {
            Some(_) => part == BenchPart::Large,
            None => self.only.is_empty() || self.only.contains(&part),
        }
    }
}
