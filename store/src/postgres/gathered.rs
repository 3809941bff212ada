//! What new comments that are written together need to know, read at once, and what comes of them.

use super::dialect::thread_id_for;
use super::sql::comment_row::{CommentRow, comment_columns};
use super::sql::search_section::Section;
use super::sql::thread::ThreadRow;
use super::sql::write_request::KeptAnswer;
use crate::{InsertComment, SiteId, StoreError, ThreadId, TokenHash};
use afterword_wire::{AuthorId, CommentId, Written};
use sqlx::{FromRow, PgConnection, Row};
use std::collections::{BTreeMap, HashMap};

/// A thread that is written to.
pub(super) struct BusyThread {
    pub(super) row: ThreadRow,
    /// The greatest id of its comments; 0 while there is none.
    pub(super) newest_id: i64,
    /// The last section of those it is searched in; `None` while it has none.
    pub(super) section: Option<Section>,
    /// Where its log stands; 0 while it is empty.
    pub(super) newest_change: i64,
}

/// A comment that will be written.
pub(super) struct NewRow<'a> {
    pub(super) write: &'a InsertComment,
    pub(super) thread_id: ThreadId,
    pub(super) written: Written,
    pub(super) change_id: i64,
    /// The section it is found in.
    pub(super) section_id: i64,
}

/// An author that will be written: the write by which the device came.
pub(super) struct NewAuthor<'a> {
    pub(super) write: &'a InsertComment,
    pub(super) author_id: AuthorId,
}

/// What was read for new comments, and what is to be written for them; the threads are locked before.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) answers: HashMap<(SiteId, &'a str), KeptAnswer>,
    pub(super) threads: HashMap<ThreadId, BusyThread>,
    pub(super) parents: HashMap<(SiteId, CommentId), CommentRow>,
    pub(super) authors: HashMap<(SiteId, TokenHash), AuthorId>,
    /// Threads that begin here, in the order in which every process makes them.
    pub(super) new_threads: BTreeMap<ThreadId, &'a InsertComment>,
    pub(super) new_authors: Vec<NewAuthor<'a>>,
    /// Sections that comments were added to.
    pub(super) sections: BTreeMap<(ThreadId, i64), Section>,
    pub(super) new_rows: Vec<NewRow<'a>>,
    /// How many replies each parent gets, in the order in which every process counts them.
    pub(super) new_replies: BTreeMap<(ThreadId, CommentId), i32>,
}

impl<'a> Gathered<'a> {
    /// Reads all that the decisions rest on, in a handful of statements however many the comments are.
    pub(super) async fn read(connection: &mut PgConnection, writes: &[&'a InsertComment]) -> Result<Self, StoreError> {
        let mut gathered = Self::default();
        gathered.read_answers(connection, writes).await?;
        gathered.read_threads(connection, writes).await?;
        gathered.read_sections(connection).await?;
        gathered.read_parents(connection, writes).await?;
        gathered.read_authors(connection, writes).await?;
        Ok(gathered)
    }

    async fn read_answers(&mut self, connection: &mut PgConnection, writes: &[&'a InsertComment]) -> Result<(), StoreError> {
        let sql = "SELECT asked.place, fingerprint, response FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY \
                   AS asked (site_id, request_id, place) JOIN write_request USING (site_id, request_id)";
        let site_ids: Vec<i64> = writes.iter().map(|write| write.site.id.0).collect();
        let request_ids: Vec<&str> = writes.iter().map(|write| write.request.id.as_str()).collect();
        let rows: Vec<(i64, Vec<u8>, String)> =
            sqlx::query_as(sql).bind(site_ids).bind(request_ids).fetch_all(connection).await?;
        for (place, fingerprint, response) in rows {
            if let Some(write) = usize::try_from(place - 1).ok().and_then(|place| writes.get(place)) {
                self.answers.insert((write.site.id, write.request.id.as_str()), KeptAnswer { fingerprint, response });
            }
        }
        Ok(())
    }

    async fn read_threads(&mut self, connection: &mut PgConnection, writes: &[&InsertComment]) -> Result<(), StoreError> {
        let sql = "SELECT *, coalesce((SELECT max(comment_id) FROM comment WHERE comment.thread_id = thread.thread_id), 0) \
                   AS newest_id, coalesce((SELECT max(change_id) FROM change WHERE change.thread_id = thread.thread_id), 0) \
                   AS newest_change FROM thread WHERE thread_id = ANY($1)";
        let ids: Vec<i64> = writes.iter().map(|write| thread_id_for(write.site.id, &write.page_key)).collect();
        for row in sqlx::query(sql).bind(ids).fetch_all(connection).await? {
            let thread = ThreadRow::from_row(&row)?;
            let newest_id = row.try_get("newest_id")?;
            let newest_change = row.try_get("newest_change")?;
            self.threads.insert(thread.thread.id, BusyThread { row: thread, newest_id, section: None, newest_change });
        }
        Ok(())
    }

    /// New comments are a thread's latest, so they go to its last section, or begin one after it.
    async fn read_sections(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "SELECT asked.thread_id, last.* FROM unnest($1::bigint[]) AS asked (thread_id) CROSS JOIN LATERAL \
                   (SELECT section_id, first_comment_id, last_comment_id, comment_count FROM search_section \
                   WHERE thread_id = asked.thread_id ORDER BY first_comment_id DESC LIMIT 1) AS last";
        let ids: Vec<i64> = self.threads.keys().map(|id| id.0).collect();
        for row in sqlx::query(sql).bind(ids).fetch_all(connection).await? {
            if let Some(busy) = self.threads.get_mut(&ThreadId(row.try_get("thread_id")?)) {
                busy.section = Some(Section::from_row(&row)?);
            }
        }
        Ok(())
    }

    async fn read_parents(&mut self, connection: &mut PgConnection, writes: &[&InsertComment]) -> Result<(), StoreError> {
        let asked: Vec<(i64, i64)> =
            writes.iter().filter_map(|write| Some((write.site.id.0, write.parent_id?.0.cast_signed()))).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let sql = concat!(
            "SELECT site_id, ",
            comment_columns!(),
            " FROM comment WHERE (site_id, comment_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))"
        );
        let (site_ids, parent_ids): (Vec<i64>, Vec<i64>) = asked.into_iter().unzip();
        for row in sqlx::query(sql).bind(site_ids).bind(parent_ids).fetch_all(connection).await? {
            let parent = CommentRow::from_row(&row)?;
            self.parents.insert((SiteId(row.try_get("site_id")?), parent.comment.id), parent);
        }
        Ok(())
    }

    async fn read_authors(&mut self, connection: &mut PgConnection, writes: &[&InsertComment]) -> Result<(), StoreError> {
        let sql = "SELECT asked.place, author_id FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY \
                   AS asked (site_id, token_hash, place) JOIN author USING (site_id, token_hash)";
        let site_ids: Vec<i64> = writes.iter().map(|write| write.site.id.0).collect();
        let hashes: Vec<&[u8]> = writes.iter().map(|write| &write.token_hash.0[..]).collect();
        let rows: Vec<(i64, i64)> = sqlx::query_as(sql).bind(site_ids).bind(hashes).fetch_all(connection).await?;
        for (place, author_id) in rows {
            if let Some(write) = usize::try_from(place - 1).ok().and_then(|place| writes.get(place)) {
                self.authors.insert((write.site.id, write.token_hash), AuthorId(author_id.cast_unsigned()));
            }
        }
        Ok(())
    }
}
