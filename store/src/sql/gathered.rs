//! What new comments that are written together need to know, read at once, and what comes of them.

use super::comment_row::{CommentRow, comment_columns};
use super::dialect::{Connection, NewNumbers, each_number, each_row, from_hex, join};
use super::new_row::{Asked, NewAuthor, NewRow, as_json};
use super::search_section::Section;
use super::search_terms::Progress;
use super::thread::{ThreadRow, thread_columns};
use super::write_request::KeptAnswer;
use crate::{InsertComment, SiteId, StoreError, ThreadId, TokenHash};
use afterword_wire::{AuthorId, CommentId};
use sqlx::{FromRow, Row};
use std::collections::{BTreeMap, HashMap};

/// A thread that is written to.
pub(crate) struct BusyThread {
    pub(crate) row: ThreadRow,
    /// The greatest id of its comments; 0 while there is none.
    pub(crate) newest_id: i64,
    /// The last section of those it is searched in; `None` while it has none.
    pub(crate) section: Option<Section>,
    /// Where its log stands; 0 while it is empty.
    pub(crate) newest_change: i64,
    /// How many comments it gets.
    pub(crate) new_comments: u32,
}

/// What was read for new comments, and what is to be written for them. What they rest on is locked before.
pub(crate) struct Gathered<'a> {
    pub(crate) numbers: NewNumbers,
    pub(crate) progress: Progress,
    pub(crate) answers: HashMap<(SiteId, &'a str), KeptAnswer>,
    pub(crate) pages: HashMap<(SiteId, &'a str), ThreadId>,
    /// In the order in which every process writes to them.
    pub(crate) threads: BTreeMap<ThreadId, BusyThread>,
    pub(crate) parents: HashMap<(SiteId, CommentId), CommentRow>,
    pub(crate) authors: HashMap<(SiteId, TokenHash), AuthorId>,
    /// Threads that begin here.
    pub(crate) new_threads: BTreeMap<ThreadId, &'a InsertComment>,
    pub(crate) new_authors: Vec<NewAuthor<'a>>,
    /// Sections that comments were added to, by thread and first comment.
    pub(crate) sections: BTreeMap<(ThreadId, i64), Section>,
    pub(crate) new_rows: Vec<NewRow<'a>>,
    /// How many replies each parent gets, in the order in which every process counts them.
    pub(crate) new_replies: BTreeMap<(ThreadId, CommentId), u32>,
}

impl<'a> Gathered<'a> {
    /// Reads all that the decisions rest on, in a handful of statements however many the comments are.
    pub(crate) async fn read(connection: &mut Connection, writes: &[&'a InsertComment]) -> Result<Self, StoreError> {
        let mut gathered = Self {
            numbers: NewNumbers::read(connection).await?,
            progress: Progress::read(connection).await?,
            answers: HashMap::new(),
            pages: HashMap::new(),
            threads: BTreeMap::new(),
            parents: HashMap::new(),
            authors: HashMap::new(),
            new_threads: BTreeMap::new(),
            new_authors: Vec::new(),
            sections: BTreeMap::new(),
            new_rows: Vec::new(),
            new_replies: BTreeMap::new(),
        };
        let asked = as_json(writes.iter().enumerate().map(Asked::by));
        gathered.read_answers(connection, writes, &asked).await?;
        gathered.read_threads(connection, writes, &asked).await?;
        gathered.read_sections(connection).await?;
        gathered.read_parents(connection, writes, &asked).await?;
        gathered.read_authors(connection, writes, &asked).await?;
        Ok(gathered)
    }

    async fn read_answers(
        &mut self,
        connection: &mut Connection,
        writes: &[&'a InsertComment],
        asked: &str,
    ) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT asked.place, fingerprint, response FROM ",
            each_row!("$1", "asked", place bigint, site_id bigint, request_id text),
            " ",
            join!(),
            " write_request ON write_request.site_id = asked.site_id AND write_request.request_id = asked.request_id"
        );
        let rows: Vec<(i64, Vec<u8>, String)> = sqlx::query_as(sql).bind(asked).fetch_all(connection).await?;
        for (place, fingerprint, response) in rows {
            if let Some(write) = at(writes, place) {
                self.answers.insert((write.site.id, write.request.id.as_str()), KeptAnswer { fingerprint, response });
            }
        }
        Ok(())
    }

    async fn read_threads(
        &mut self,
        connection: &mut Connection,
        writes: &[&'a InsertComment],
        asked: &str,
    ) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT asked.place, ",
            thread_columns!(),
            ", coalesce((SELECT max(comment_id) FROM comment WHERE comment.thread_id = thread.thread_id), 0) AS newest_id, \
             coalesce((SELECT max(change_id) FROM change WHERE change.thread_id = thread.thread_id), 0) AS newest_change FROM ",
            // A page that many write to is asked for once.
            "(SELECT min(place) AS place, site_id, page_key FROM ",
            each_row!("$1", "each_write", place bigint, site_id bigint, page_key text),
            " GROUP BY site_id, page_key) AS asked ",
            join!(),
            " thread ON thread.site_id = asked.site_id AND thread.page_key = asked.page_key"
        );
        for row in sqlx::query(sql).bind(asked).fetch_all(connection).await? {
            let thread = ThreadRow::from_row(&row)?;
            let (newest_id, newest_change) = (row.try_get("newest_id")?, row.try_get("newest_change")?);
            if let Some(write) = at(writes, row.try_get("place")?) {
                self.pages.insert((write.site.id, &write.page_key), thread.thread.id);
            }
            let busy = BusyThread { row: thread, newest_id, section: None, newest_change, new_comments: 0 };
            self.threads.insert(busy.row.thread.id, busy);
        }
        Ok(())
    }

    /// New comments are a thread's latest, so they go to its last section, or begin one after it.
    async fn read_sections(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT section.thread_id, section_id, first_comment_id, last_comment_id, comment_count FROM ",
            each_number!("$1", "asked"),
            " ",
            join!(),
            " search_section AS section ON section.thread_id = asked.value AND section.first_comment_id = \
             (SELECT max(first_comment_id) FROM search_section WHERE thread_id = asked.value)"
        );
        let asked = serde_json::Value::from_iter(self.threads.keys().map(|id| id.0)).to_string();
        for row in sqlx::query(sql).bind(asked).fetch_all(connection).await? {
            if let Some(busy) = self.threads.get_mut(&ThreadId(row.try_get("thread_id")?)) {
                busy.section = Some(Section::from_row(&row)?);
            }
        }
        Ok(())
    }

    async fn read_parents(
        &mut self,
        connection: &mut Connection,
        writes: &[&'a InsertComment],
        asked: &str,
    ) -> Result<(), StoreError> {
        if writes.iter().all(|write| write.parent_id.is_none()) {
            return Ok(());
        }
        let sql = concat!(
            "SELECT asked.place, ",
            comment_columns!(),
            " FROM ",
            each_row!("$1", "asked", place bigint, site_id bigint, parent_id bigint),
            " ",
            join!(),
            " comment ON comment.site_id = asked.site_id AND comment.comment_id = asked.parent_id"
        );
        for row in sqlx::query(sql).bind(asked).fetch_all(connection).await? {
            let parent = CommentRow::from_row(&row)?;
            if let Some(write) = at(writes, row.try_get("place")?) {
                self.parents.insert((write.site.id, parent.comment.id), parent);
            }
        }
        Ok(())
    }

    async fn read_authors(
        &mut self,
        connection: &mut Connection,
        writes: &[&'a InsertComment],
        asked: &str,
    ) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT asked.place, author_id FROM ",
            each_row!("$1", "asked", place bigint, site_id bigint, token_hash text),
            " ",
            join!(),
            " author ON author.site_id = asked.site_id AND author.token_hash = ",
            from_hex!("asked.token_hash")
        );
        let rows: Vec<(i64, i64)> = sqlx::query_as(sql).bind(asked).fetch_all(connection).await?;
        for (place, author_id) in rows {
            if let Some(write) = at(writes, place) {
                self.authors.insert((write.site.id, write.token_hash), AuthorId(author_id.cast_unsigned()));
            }
        }
        Ok(())
    }
}

/// The write that a place in what was asked stands for.
fn at<'a>(writes: &[&'a InsertComment], place: i64) -> Option<&'a InsertComment> {
    writes.get(usize::try_from(place).ok()?).copied()
}
