//! A made-up thread as records.

use super::chance::Chance;
use super::names::author;
use super::shape::Shape;
use super::text::body;
use crate::new_ids::comment_id_at;
use crate::render::RENDERER_VERSION;
use crate::render::markdown::render;
use afterword_store::{CommentRecord, ModerationStatus, Record, ThreadRecord};
use afterword_wire::{CommentId, Timestamp};

/// 2025-01-01T00:00:00Z.
const BEGUN_AT: Timestamp = Timestamp(1_735_689_600_000);
/// A thread lasts a year, or less when its comments would be further apart than this.
const YEAR_MS: u64 = 365 * 86_400_000;
const LONGEST_PAUSE_MS: u64 = 10 * 60_000;
/// How many comments an author writes, about.
const COMMENTS_OF_ONE: u64 = 20;
/// Kinds of chance that must not meet.
const TIMES: u64 = 1;
const AUTHORS: u64 = 2;

/// A thread to make.
#[derive(Clone, Debug)]
pub struct SynthThread {
    page_key: String,
    shape: Shape,
    count: u64,
    seed: u64,
}

impl SynthThread {
    /// The thread of a page: `count` comments in that shape, the same for the same seed and page.
    #[must_use]
    pub fn new(page_key: String, shape: Shape, count: u64, seed: u64) -> Self {
        let seed = Chance::seed_of(seed, &page_key);
        Self { page_key, shape, count, seed }
    }

    /// Names its page.
    #[must_use]
    pub fn page_key(&self) -> &str {
        &self.page_key
    }

    /// Its head.
    #[must_use]
    pub fn head(&self) -> Record {
        Record::Thread(ThreadRecord {
            page_key: self.page_key.clone(),
            page_url: None,
            page_title: Some(format!("{} made-up comments", self.count)),
            is_closed: false,
            created_at: BEGUN_AT,
        })
    }

    /// The id of the comment of that number, from 0. Greater numbers have greater ids.
    #[must_use]
    pub fn comment_id(&self, number: u64) -> CommentId {
        let (time, low) = self.time(number);
        comment_id_at(time, low)
    }

    /// The comment of that number, from 0, rendered. Its parent has a smaller number. Its author has no record of their own.
    #[must_use]
    pub fn comment(&self, number: u64) -> Record {
        let mut chance = Chance::of(self.seed, number);
        let parent_id = self.shape.parent_of(number, &mut chance).map(|parent| self.comment_id(parent));
        let (author_id, author_name) = author(self.seed ^ AUTHORS, chance.low(self.count / COMMENTS_OF_ONE + 3));
        let created_at = self.time(number).0;
        let later = |chance: &mut Chance| Timestamp(created_at.0 + 60_000 + chance.below(600_000).cast_signed());
        let edited_at = chance.once_in(25).then(|| later(&mut chance));
        // In the measured thread one of 17 was withdrawn.
        let is_deleted = self.shape == Shape::Real && number > 0 && chance.once_in(17);
        let deleted_at = is_deleted.then(|| later(&mut chance));
        let body_markdown = if is_deleted { String::new() } else { body(&mut chance) };
        Record::Comment(CommentRecord {
            comment_id: self.comment_id(number),
            page_key: self.page_key.clone(),
            parent_id,
            answers_name: None,
            author_id,
            author_name: if is_deleted { String::new() } else { author_name },
            author_email: None,
            author_website: None,
            moderation_status: ModerationStatus::Approved,
            created_at,
            edited_at: edited_at.filter(|_| !is_deleted),
            deleted_at,
            body_html: if is_deleted { String::new() } else { render(&body_markdown) },
            body_markdown,
            renderer_version: RENDERER_VERSION,
        })
    }

    /// When a comment is written, and what fills its id below the milliseconds.
    fn time(&self, number: u64) -> (Timestamp, u64) {
        let mut chance = Chance::of(self.seed ^ TIMES, number);
        let pause_ms = (YEAR_MS / self.count.max(1)).clamp(1, LONGEST_PAUSE_MS);
        let after_ms = number * pause_ms + chance.below(pause_ms);
        (Timestamp(BEGUN_AT.0 + after_ms.cast_signed()), chance.bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(thread: &SynthThread) -> Vec<CommentRecord> {
        let records = (0..thread.count).map(|number| thread.comment(number));
        let comments = records.filter_map(|record| if let Record::Comment(comment) = record { Some(comment) } else { None });
        comments.collect()
    }

    #[test]
    fn the_same_seed_and_page_make_the_same_thread_and_others_make_others() {
        let made = |page: &str, seed| comments(&SynthThread::new(page.to_owned(), Shape::Real, 30, seed));
        assert_eq!(made("/a", 1), made("/a", 1));
        assert_ne!(made("/a", 1)[0].comment_id, made("/b", 1)[0].comment_id);
        assert_ne!(made("/a", 1)[5].body_markdown, made("/a", 2)[5].body_markdown);
    }

    #[test]
    fn ids_and_times_rise_and_parents_come_first() {
        for shape in [Shape::Wide, Shape::Deep, Shape::Hot, Shape::Real] {
            let comments = comments(&SynthThread::new("/a".to_owned(), shape, 300, 1));
            for (before, after) in comments.iter().zip(&comments[1..]) {
                assert!(before.comment_id < after.comment_id && before.created_at <= after.created_at);
                assert!(after.parent_id.is_none_or(|parent| parent < after.comment_id));
            }
        }
    }

    #[test]
    fn who_writes_often_has_one_name() {
        let comments = comments(&SynthThread::new("/a".to_owned(), Shape::Wide, 300, 1));
        let names: std::collections::HashSet<_> =
            comments.iter().map(|comment| (comment.author_id, &comment.author_name)).collect();
        let authors: std::collections::HashSet<_> = comments.iter().map(|comment| comment.author_id).collect();
        assert!(authors.len() < 30 && names.len() == authors.len());
    }

    #[test]
    fn nothing_is_left_of_a_withdrawn_comment() {
        let comments = comments(&SynthThread::new("/a".to_owned(), Shape::Real, 300, 1));
        let withdrawn: Vec<_> = comments.iter().filter(|comment| comment.deleted_at.is_some()).collect();
        assert!(!withdrawn.is_empty());
        assert!(withdrawn.iter().all(|comment| comment.body_html.is_empty() && comment.author_name.is_empty()));
    }
}
