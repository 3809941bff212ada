//! Who wrote what: the same id for the same person, and nothing public that follows from an e-mail address.

use super::convert::Place;
use super::item::ItemComment;
use afterword_store::AuthorRecord;
use afterword_wire::AuthorId;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Authors met so far.
#[derive(Default)]
pub(super) struct Authors {
    /// By a hash of e-mail and name, which only saves memory and goes nowhere.
    known: HashMap<[u8; 16], AuthorId>,
}

/// The author of one comment.
pub(super) struct Author {
    pub(super) author_id: AuthorId,
    /// Whether this comment is the first of theirs.
    pub(super) is_new: bool,
    pub(super) record: AuthorRecord,
}

impl Authors {
    /// Who wrote a comment: whoever gave the same e-mail and name before. Without an e-mail, or once deleted, nobody else's.
    ///
    /// The id is drawn from the author's first comment: an id drawn from the e-mail would let readers try addresses against it.
    pub(super) fn of(&mut self, comment: &ItemComment, is_deleted: bool, first: &Place) -> Author {
        let new_id = AuthorId(number(&Sha256::digest(format!("author of {}", first.id))) >> 1);
        let author_id = if is_deleted || comment.author_email.is_empty() {
            new_id
        } else {
            let person = Sha256::digest(format!("{}\0{}", comment.author_email.to_lowercase(), comment.author));
            let mut key = [0; 16];
            key.copy_from_slice(&person[..16]);
            *self.known.entry(key).or_insert(new_id)
        };
        let record = AuthorRecord { author_id, token_hash: None, created_at: first.created_at };
        Author { author_id, is_new: author_id == new_id, record }
    }
}

fn number(hash: &[u8]) -> u64 {
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
