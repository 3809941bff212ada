//! Records from a page's comments.

use super::date::first_believable;
use super::item::{Item, ItemComment};
use super::nesting::{Forest, forest};
use super::{authors::Authors, page};
use crate::import::{ImportError, Report, Sink, field, html};
use crate::new_ids::comment_id_at;
use afterword_store::{CommentRecord, ModerationStatus, Record};
use afterword_wire::limits::MAX_IMPORTED_BODY_CHARS;
use afterword_wire::{CommentId, Timestamp};
use std::collections::HashSet;

/// Id bits that one second offers: a thousand milliseconds of 21 bits. WordPress numbers its comments and knows whole seconds, so
/// time and number together are an id that a second import finds again, and that sorts as the comments were written.
const SLOTS_OF_A_SECOND: u64 = 1000 << 21;

/// An export on its way to records, and what later pages must know of earlier ones.
#[derive(Default)]
pub(super) struct Conversion {
    report: Report,
    page_keys: HashSet<String>,
    comment_ids: HashSet<CommentId>,
    authors: Authors,
}

/// What becomes of a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept(ModerationStatus),
    Deleted,
    /// Neither it nor a reply to it is kept.
    Skipped,
}

impl Conversion {
    pub(super) fn report(&self) -> Report {
        self.report
    }

    /// Hands on one page's thread, authors and comments.
    ///
    /// # Errors
    /// The page cannot be named, or `sink` refuses.
    pub(super) fn convert(&mut self, item: Item, sink: &mut Sink<'_>) -> Result<(), ImportError> {
        let comments: Vec<&ItemComment> = item.comments.iter().filter(|comment| self.is_comment(comment)).collect();
        let answers: Vec<_> = comments.iter().map(|comment| (&*comment.id, &*comment.parent)).collect();
        let forest = forest(&answers);
        let fates = fates(&comments, &forest);
        self.report.deleted_skipped += fates.iter().filter(|fate| **fate == Fate::Skipped).count() as u64;
        self.report.orphans += forest.orphans.iter().filter(|at| fates[**at] != Fate::Skipped).count() as u64;
        let Some(first) = comments.iter().zip(&fates).find(|(_, fate)| **fate != Fate::Skipped) else {
            return Ok(());
        };
        let thread = page::thread_of(&item, first_believable([&item.post_date_gmt, &first.0.date_gmt, &first.0.date]))?;
        let page_key = thread.page_key.clone();
        if self.page_keys.insert(page_key.clone()) {
            self.report.threads += 1;
            sink(Record::Thread(thread))?;
        }
        let mut ids: Vec<Option<CommentId>> = vec![None; comments.len()];
        for at in forest.order.iter().copied().filter(|at| fates[*at] != Fate::Skipped) {
            let parent_id = forest.parents[at].and_then(|parent| ids[parent]);
            let created_at = first_believable([&comments[at].date_gmt, &comments[at].date, &item.post_date_gmt]);
            let id = self.new_id(created_at, &comments[at].id, at, parent_id);
            ids[at] = Some(id);
            let place = Place { id, parent_id, page_key: page_key.clone(), created_at };
            self.hand_on(comments[at], fates[at], place, sink)?;
        }
        Ok(())
    }

    /// Tells comments from what other software and shops keep in the same table.
    fn is_comment(&mut self, comment: &ItemComment) -> bool {
        match &*comment.kind {
            "" | "comment" => return true,
            "pingback" | "trackback" => self.report.pingbacks_skipped += 1,
            _ => self.report.others_skipped += 1,
        }
        false
    }

    /// An id later than the parent's, whatever the dates say, and like none before it.
    fn new_id(&mut self, created_at: Timestamp, number: &str, at: usize, parent_id: Option<CommentId>) -> CommentId {
        let slot = number.parse().unwrap_or(at as u64) % SLOTS_OF_A_SECOND;
        let ms = Timestamp(created_at.0 + (slot >> 21).cast_signed());
        let mut id = comment_id_at(ms, slot).0.max(parent_id.map_or(1, |parent| parent.0 + 1));
        while !self.comment_ids.insert(CommentId(id)) {
            id += 1;
        }
        CommentId(id)
    }

    fn hand_on(&mut self, comment: &ItemComment, fate: Fate, place: Place, sink: &mut Sink<'_>) -> Result<(), ImportError> {
        let author = self.authors.of(comment, fate == Fate::Deleted, &place);
        let author_id = author.author_id;
        if author.is_new {
            sink(Record::Author(author.record))?;
        }
        self.report.comments += 1;
        let record = match fate {
            Fate::Kept(status) => self.kept(comment, status, place, author_id),
            Fate::Deleted | Fate::Skipped => {
                self.report.deleted += 1;
                CommentRecord { deleted_at: Some(place.created_at), ..place.record(author_id) }
            }
        };
        sink(Record::Comment(record))
    }

    fn kept(
        &mut self,
        comment: &ItemComment,
        status: ModerationStatus,
        place: Place,
        author_id: afterword_wire::AuthorId,
    ) -> CommentRecord {
        match status {
            ModerationStatus::Pending => self.report.pending += 1,
            ModerationStatus::Spam => self.report.spam += 1,
            ModerationStatus::Rejected => self.report.rejected += 1,
            ModerationStatus::Approved => {}
        }
        CommentRecord {
            author_name: field::name(&html::to_text(&comment.author)),
            author_email: field::email(&comment.author_email),
            author_website: field::website(&html::to_text(&comment.author_url)),
            moderation_status: status,
            body_markdown: self.body(&comment.content),
            ..place.record(author_id)
        }
    }

    fn body(&mut self, content: &str) -> String {
        // Markdown is seldom shorter than half of its HTML: what lies far behind the limit need not be looked at.
        let near: String = content.chars().take(MAX_IMPORTED_BODY_CHARS * 4).collect();
        let markdown = html::to_markdown(&near);
        if near.len() == content.len() && markdown.chars().count() <= MAX_IMPORTED_BODY_CHARS {
            return markdown;
        }
        self.report.bodies_cut += 1;
        markdown.chars().take(MAX_IMPORTED_BODY_CHARS).collect()
    }
}

/// Where a comment stands.
pub(super) struct Place {
    pub(super) id: CommentId,
    parent_id: Option<CommentId>,
    page_key: String,
    pub(super) created_at: Timestamp,
}

impl Place {
    /// A record without any text.
    fn record(self, author_id: afterword_wire::AuthorId) -> CommentRecord {
        CommentRecord {
            comment_id: self.id,
            page_key: self.page_key,
            parent_id: self.parent_id,
            answers_name: None,
            author_id,
            author_name: String::new(),
            author_email: None,
            author_website: None,
            moderation_status: ModerationStatus::Approved,
            created_at: self.created_at,
            edited_at: None,
            deleted_at: None,
            body_markdown: String::new(),
            body_html: String::new(),
            renderer_version: crate::render::RENDERER_VERSION,
        }
    }
}

/// A deleted comment stays while one below it does.
fn fates(comments: &[&ItemComment], forest: &Forest) -> Vec<Fate> {
    let mut fates: Vec<Fate> =
        comments.iter().map(|comment| status_of(&comment.approved).map_or(Fate::Skipped, Fate::Kept)).collect();
    for at in
        forest.order.iter().copied().rev().filter(|at| matches!(fates[*at], Fate::Kept(_) | Fate::Deleted)).collect::<Vec<_>>()
    {
        let mut above = forest.parents[at];
        while let Some(parent) = above.filter(|parent| fates[*parent] == Fate::Skipped) {
            fates[parent] = Fate::Deleted;
            above = forest.parents[parent];
        }
    }
    fates
}

/// `None` for a comment in the bin.
fn status_of(approved: &str) -> Option<ModerationStatus> {
    match approved {
        "1" | "approve" | "approved" => Some(ModerationStatus::Approved),
        "spam" => Some(ModerationStatus::Spam),
        "trash" | "post-trashed" => None,
        _ => Some(ModerationStatus::Pending),
    }
}
