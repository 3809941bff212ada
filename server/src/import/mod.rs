//! Comments of other systems, and of our own export, as records for the store.
//!
//! Readers stream: what a file holds is never in memory at once, and each piece has a greatest size. They write nothing. The
//! caller reads a file twice: once to know that all of it is sound, then again to store it.

mod compressed;
mod error;
mod field;
mod html;
pub mod jsonl;
mod metered;
mod report;
pub mod wordpress;

pub use error::ImportError;
pub use report::{KnownCount, Report};

use crate::render::RENDERER_VERSION;
use crate::render::markdown::render;
use afterword_store::Record;
use std::io::BufRead;

/// Takes one record after another. Readers leave `body_html` empty; [`rendered`] fills it.
pub type Sink<'a> = dyn FnMut(Record) -> Result<(), ImportError> + 'a;

/// A kind of file that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A WordPress export (WXR 1.0 to 1.2): Tools, Export, All content.
    Wordpress,
    /// Our own export: one JSON object a line, lossless.
    Jsonl,
}

impl Format {
    /// Reads a whole file and hands its records to `sink`, threads and authors before their comments, parents before replies.
    ///
    /// # Errors
    /// The file is not of this format, damaged, or past a limit; or `sink` refuses.
    pub fn read(self, reader: impl BufRead, sink: &mut Sink<'_>) -> Result<Report, ImportError> {
        let reader = compressed::refuse(reader)?;
        match self {
            Format::Wordpress => wordpress::read(reader, sink),
            Format::Jsonl => jsonl::read(reader, sink),
        }
    }
}

/// The record with its body rendered by this program's renderer: HTML that came from outside is never believed.
#[must_use]
pub fn rendered(record: Record) -> Record {
    match record {
        Record::Comment(mut comment) => {
            comment.body_html = render(&comment.body_markdown);
            comment.renderer_version = RENDERER_VERSION;
            Record::Comment(comment)
        }
        other => other,
    }
}
