//! Pages and comments as a WordPress export has them.

use super::xml::{Piece, Xml};
use crate::import::ImportError;
use std::io::BufRead;

/// Versions of the format that are known.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];
/// Most text of one page's comments that is held at once.
const MAX_ITEM_BYTES: usize = 128 << 20;
/// Most comments of one page.
const MAX_ITEM_COMMENTS: usize = 1_000_000;

/// An item: a post or page, with what was said under it. Texts as in the file.
#[derive(Default)]
pub(super) struct Item {
    pub(super) line: u64,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) post_id: String,
    pub(super) post_date_gmt: String,
    pub(super) comment_status: String,
    pub(super) comments: Vec<ItemComment>,
}

/// A comment of an item. Texts as in the file.
#[derive(Default)]
pub(super) struct ItemComment {
    pub(super) id: String,
    pub(super) author: String,
    pub(super) author_email: String,
    pub(super) author_url: String,
    pub(super) date: String,
    pub(super) date_gmt: String,
    pub(super) content: String,
    pub(super) approved: String,
    pub(super) kind: String,
    pub(super) parent: String,
}

/// Reads a file's items one by one.
pub(super) struct Items<R> {
    xml: Xml<R>,
}

impl<R: BufRead> Items<R> {
    /// Goes to the first item.
    ///
    /// # Errors
    /// The file is not a WordPress export.
    pub(super) fn new(reader: R) -> Result<Self, ImportError> {
        let mut xml = Xml::new(reader);
        loop {
            match xml.next()? {
                Piece::Start(name) if name == "rss" => return Ok(Self { xml }),
                Piece::Start(name) => {
                    return Err(xml.error(format!("not a WordPress export: <{name:.40}> came where <rss> is expected")));
                }
                Piece::Text(text) if text.trim().is_empty() => {}
                _ => return Err(xml.error("not a WordPress export: XML that begins with <rss> is expected")),
            }
        }
    }

    /// The next item; `None` at the end of the file.
    ///
    /// # Errors
    /// The file is damaged, past a limit, or of an unknown version.
    pub(super) fn next(&mut self) -> Result<Option<Item>, ImportError> {
        loop {
            match self.xml.next()? {
                Piece::Start(name) => match &*name {
                    "channel" => {}
                    "item" => return self.item().map(Some),
                    "wp:wxr_version" => self.check_version()?,
                    _ => self.xml.skip()?,
                },
                Piece::FileEnd => return Ok(None),
                Piece::End | Piece::Text(_) => {}
            }
        }
    }

    fn check_version(&mut self) -> Result<(), ImportError> {
        let version = self.xml.text_of_element()?;
        if VERSIONS.contains(&version.trim()) {
            return Ok(());
        }
        Err(self.xml.error(format!("WXR version {:.20}; 1.0, 1.1 and 1.2 are known", version.trim())))
    }

    fn item(&mut self) -> Result<Item, ImportError> {
        let mut item = Item { line: self.xml.line(), ..Item::default() };
        let mut bytes = 0;
        loop {
            match self.xml.next()? {
                Piece::Start(name) if name == "wp:comment" => {
                    let comment = self.comment(&mut bytes)?;
                    item.comments.push(comment);
                    if item.comments.len() > MAX_ITEM_COMMENTS || bytes > MAX_ITEM_BYTES {
                        let limit =
                            format!("a page with more than {MAX_ITEM_COMMENTS} comments or {} MiB of them", MAX_ITEM_BYTES >> 20);
                        return Err(self.xml.error(limit));
                    }
                }
                Piece::Start(name) => match item.field(&name) {
                    Some(field) => *field = self.xml.text_of_element()?.trim().to_owned(),
                    None => self.xml.skip()?,
                },
                Piece::Text(_) => {}
                Piece::End | Piece::FileEnd => return Ok(item),
            }
        }
    }

    fn comment(&mut self, bytes: &mut usize) -> Result<ItemComment, ImportError> {
        let mut comment = ItemComment::default();
        loop {
            match self.xml.next()? {
                Piece::Start(name) => match comment.field(&name) {
                    Some(field) => {
                        *field = self.xml.text_of_element()?.trim().to_owned();
                        *bytes += field.len();
                    }
                    None => self.xml.skip()?,
                },
                Piece::Text(_) => {}
                Piece::End | Piece::FileEnd => return Ok(comment),
            }
        }
    }
}

impl Item {
    fn field(&mut self, element: &str) -> Option<&mut String> {
        match element {
            "title" => Some(&mut self.title),
            "link" => Some(&mut self.link),
            "wp:post_id" => Some(&mut self.post_id),
            "wp:post_date_gmt" => Some(&mut self.post_date_gmt),
            "wp:comment_status" => Some(&mut self.comment_status),
            _ => None,
        }
    }
}

impl ItemComment {
    fn field(&mut self, element: &str) -> Option<&mut String> {
        match element {
            "wp:comment_id" => Some(&mut self.id),
            "wp:comment_author" => Some(&mut self.author),
            "wp:comment_author_email" => Some(&mut self.author_email),
            "wp:comment_author_url" => Some(&mut self.author_url),
            "wp:comment_date" => Some(&mut self.date),
            "wp:comment_date_gmt" => Some(&mut self.date_gmt),
            "wp:comment_content" => Some(&mut self.content),
            "wp:comment_approved" => Some(&mut self.approved),
            "wp:comment_type" => Some(&mut self.kind),
            "wp:comment_parent" => Some(&mut self.parent),
            _ => None,
        }
    }
}
