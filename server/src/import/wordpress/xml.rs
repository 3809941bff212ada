//! Elements of an XML file, read safely: no document type, no entities but the five, bounded pieces and depth.

use crate::import::ImportError;
use crate::import::metered::Metered;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::BufRead;

/// Largest run of text or single tag.
const MAX_PIECE_BYTES: usize = 16 << 20;
/// Deepest nesting of elements; a real export has six.
const MAX_DEPTH: usize = 64;

/// What comes next in the file.
pub(super) enum Piece {
    /// An element begins, with its name as written (`wp:comment`).
    Start(String),
    /// The innermost element ends.
    End,
    /// Text, with references resolved.
    Text(String),
    /// The file ends, with nothing left open.
    FileEnd,
}

/// Reads an XML file piece by piece.
pub(super) struct Xml<R> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    depth: usize,
    /// Whether an element of the form `<a/>` still has to end.
    ends_at_once: bool,
    has_root: bool,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(reader: R) -> Self {
        let reader = Reader::from_reader(Metered::new(reader, MAX_PIECE_BYTES));
        Self { reader, buffer: Vec::new(), depth: 0, ends_at_once: false, has_root: false }
    }

    /// The line read last, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// An error at the line read last.
    pub(super) fn error(&self, message: impl core::fmt::Display) -> ImportError {
        ImportError::at_line(self.line(), message)
    }

    /// The next piece; comments, processing instructions and the declaration are passed over.
    pub(super) fn next(&mut self) -> Result<Piece, ImportError> {
        if core::mem::take(&mut self.ends_at_once) {
            self.depth -= 1;
            return Ok(Piece::End);
        }
        loop {
            if let Some(piece) = self.read_piece()? {
                return Ok(piece);
            }
        }
    }

    fn read_piece(&mut self) -> Result<Option<Piece>, ImportError> {
        self.buffer.clear();
        self.reader.get_mut().begin_piece();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(ImportError::at_line(self.reader.get_ref().line(), format!("damaged XML: {error}"))),
        };
        let piece = match event {
            Event::Start(tag) => Piece::Start(tag.name().as_ref().to_owned()),
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                self.ends_at_once = true;
                Piece::Start(name)
            }
            Event::End(_) => Piece::End,
            Event::Text(text) => Piece::Text(text.into_inner().into_owned()),
            Event::CData(text) => Piece::Text(text.into_inner().into_owned()),
            Event::GeneralRef(reference) => Piece::Text(resolve(&reference)),
            Event::Eof => Piece::FileEnd,
            Event::DocType(_) => {
                return Err(self.error("a document type is not allowed: it could define entities; no WordPress export has one"));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => return Ok(None),
        };
        self.check_depth(&piece)?;
        Ok(Some(piece))
    }

    fn check_depth(&mut self, piece: &Piece) -> Result<(), ImportError> {
        match piece {
            Piece::Start(_) => {
                self.depth += 1;
                self.has_root = true;
                if self.depth > MAX_DEPTH {
                    return Err(self.error(format!("elements nest deeper than {MAX_DEPTH}; no WordPress export does")));
                }
            }
            Piece::End => self.depth = self.depth.saturating_sub(1),
            Piece::FileEnd if !self.has_root => {
                return Err(ImportError::new("the file holds no XML: a WordPress export (WXR) is expected"));
            }
            Piece::FileEnd if self.depth > 0 => return Err(self.error("the file ends in the middle: it was cut off")),
            Piece::Text(_) | Piece::FileEnd => {}
        }
        Ok(())
    }

    /// Passes over the rest of the innermost element.
    pub(super) fn skip(&mut self) -> Result<(), ImportError> {
        self.text_of_element().map(drop)
    }

    /// The text of the innermost element up to its end, without that of elements within.
    pub(super) fn text_of_element(&mut self) -> Result<String, ImportError> {
        let mut text = String::new();
        let mut inner = 0;
        loop {
            match self.next()? {
                Piece::Start(_) => inner += 1,
                Piece::End if inner == 0 => return Ok(text),
                Piece::End => inner -= 1,
                Piece::Text(more) if inner == 0 => {
                    if text.len() + more.len() > MAX_PIECE_BYTES {
                        return Err(self.error(format!("an element of more than {} MiB", MAX_PIECE_BYTES >> 20)));
                    }
                    text.push_str(&more);
                }
                Piece::Text(_) => {}
                Piece::FileEnd => return Err(self.error("the file ends in the middle: it was cut off")),
            }
        }
    }
}

/// The five entities of XML and numbers; anything else stays as written, as nothing here defines it.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match &**reference {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}
