//! WordPress exports (WXR 1.0 to 1.2).
//!
//! [`xml`] reads elements, [`item`] makes pages and comments of them, [`convert`] makes records of a page's comments.

mod authors;
mod convert;
mod date;
mod item;
mod nesting;
mod page;
mod xml;

use super::{ImportError, Report, Sink};
use std::io::BufRead;

/// Reads an export and hands its records to `sink`, page by page; one page's comments are in memory at a time.
///
/// # Errors
/// The file is not a WordPress export, damaged, past a limit, or defines entities of its own; or `sink` refuses.
pub(super) fn read(reader: impl BufRead, sink: &mut Sink<'_>) -> Result<Report, ImportError> {
    let mut items = item::Items::new(reader)?;
    let mut conversion = convert::Conversion::default();
    while let Some(item) = items.next()? {
        if !item.comments.is_empty() {
            conversion.convert(item, sink)?;
        }
    }
    Ok(conversion.report())
}
