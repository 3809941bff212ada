//! Records of an export or of another system, taken in.

use super::author::add_author;
use super::comment_row::{CommentRow, find_comment, find_known};
use super::dialect::{Connection, thread_id_for};
use super::import_comment::{check_id, insert_record, is_reachable, row_of};
use super::import_tally::Tally;
use super::place::Place;
use super::search_index::{Findable, index};
use super::thread::{begin_thread, find_thread};
use crate::writer::{Applied, Subject, Write};
use crate::{
    AuthorRecord, Change, CommentRecord, ImportCount, ModerationStatus, Record, SiteId, StoreError, ThreadId, ThreadRecord,
    TokenHash, WriteRefusal,
};
use afterword_wire::{AuthorId, CommentId};
use async_trait::async_trait;
use std::collections::{HashMap, HashSet};

/// One batch of records for a site: all of them or none.
pub(crate) struct ImportRecords {
    pub(crate) site_id: SiteId,
    pub(crate) records: Vec<Record>,
}

#[async_trait]
impl Write<Connection> for ImportRecords {
    type Answer = ImportCount;

    fn subject(&self) -> Subject<'_> {
        let pages = self.records.iter().filter_map(|record| match record {
            Record::Thread(thread) => Some(thread.page_key.as_str()),
            Record::Comment(comment) => Some(comment.page_key.as_str()),
            Record::Author(_) => None,
        });
        Subject::Pages(self.site_id, pages.collect())
    }

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<ImportCount>, StoreError> {
        let ids = self.records.iter().filter_map(|record| match record {
            Record::Comment(comment) => Some(comment.comment_id),
            Record::Thread(_) | Record::Author(_) => None,
        });
        let mut import = Import { known: find_known(connection, self.site_id, ids).await?, ..Import::into_site(self.site_id) };
        for record in &self.records {
            match record {
                Record::Thread(thread) => import.thread(connection, thread).await?,
                Record::Author(author) => import.author(connection, author).await?,
                Record::Comment(comment) => import.comment(connection, comment).await?,
            }
        }
        import.tally.write(connection).await?;
        Ok(Applied::seen(import.count, Change::Everything))
    }
}

/// A batch under way, and what it need not look up twice.
struct Import {
    site_id: SiteId,
    count: ImportCount,
    threads: HashMap<String, ThreadId>,
    authors: HashSet<AuthorId>,
    /// Comments of this batch that are there.
    known: HashSet<CommentId>,
    /// Comments met so far, which may be answered.
    met: HashMap<CommentId, CommentRow>,
    tally: Tally,
}

impl Import {
    fn into_site(site_id: SiteId) -> Self {
        Self {
            site_id,
            count: ImportCount::default(),
            threads: HashMap::new(),
            authors: HashSet::new(),
            known: HashSet::new(),
            met: HashMap::new(),
            tally: Tally::default(),
        }
    }

    async fn thread(&mut self, connection: &mut Connection, record: &ThreadRecord) -> Result<(), StoreError> {
        let sql = "INSERT INTO thread (thread_id, site_id, page_key, page_url, page_title, is_closed, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) \
                   ON CONFLICT (site_id, page_key) DO NOTHING";
        let insert = sqlx::query(sql)
            .bind(thread_id_for(self.site_id, &record.page_key))
            .bind(self.site_id.0)
            .bind(&record.page_key)
            .bind(&record.page_url)
            .bind(&record.page_title)
            .bind(record.is_closed)
            .bind(record.created_at.0);
        match insert.execute(connection).await?.rows_affected() {
            0 => self.count.known += 1,
            _ => self.count.threads += 1,
        }
        Ok(())
    }

    async fn author(&mut self, connection: &mut Connection, record: &AuthorRecord) -> Result<(), StoreError> {
        let token_hash = record.token_hash.as_deref().map(parse_hash).transpose()?;
        let is_new = add_author(connection, self.site_id, record.author_id, token_hash, record.created_at).await?;
        self.authors.insert(record.author_id);
        if is_new {
            self.count.authors += 1
        } else {
            self.count.known += 1
        }
        Ok(())
    }

    async fn comment(&mut self, connection: &mut Connection, record: &CommentRecord) -> Result<(), StoreError> {
        check_id(record.comment_id)?;
        if !self.known.insert(record.comment_id) {
            self.count.known += 1;
            return Ok(());
        }
        let thread_id = self.thread_of(connection, record).await?;
        self.ensure_author(connection, record).await?;
        let (place, is_above_readable) = self.place(connection, thread_id, record).await?;
        let is_reachable = is_above_readable && record.moderation_status == ModerationStatus::Approved;
        // A deleted comment is listed when its first listed reply comes.
        let is_listed = is_reachable && record.deleted_at.is_none();
        insert_record(connection, self.site_id, thread_id, record, &place, is_listed).await?;
        if is_listed {
            let (author_name, body_html) = (record.author_name.as_str(), record.body_html.as_str());
            index(connection, Findable { thread_id, comment_id: record.comment_id, author_name, body_html }).await?;
            self.tally.add(thread_id, place.parent_id);
        }
        self.met.insert(record.comment_id, row_of(record, thread_id, place, is_listed));
        self.count.comments += 1;
        Ok(())
    }

    /// The thread the record stands in, begun with it where no thread record came before.
    async fn thread_of(&mut self, connection: &mut Connection, record: &CommentRecord) -> Result<ThreadId, StoreError> {
        if let Some(thread_id) = self.threads.get(&record.page_key) {
            return Ok(*thread_id);
        }
        let thread_id = match find_thread(connection, self.site_id, &record.page_key).await? {
            Some(row) => row.thread.id,
            None => {
                self.count.threads += 1;
                begin_thread(connection, self.site_id, &record.page_key, record.created_at).await?.id
            }
        };
        self.threads.insert(record.page_key.clone(), thread_id);
        Ok(thread_id)
    }

    /// An author whom no record introduced is nobody's.
    async fn ensure_author(&mut self, connection: &mut Connection, record: &CommentRecord) -> Result<(), StoreError> {
        if self.authors.insert(record.author_id)
            && add_author(connection, self.site_id, record.author_id, None, record.created_at).await?
        {
            self.count.authors += 1;
        }
        Ok(())
    }

    /// Where the record is attached, and whether what stands above it is open to readers.
    async fn place(
        &mut self,
        connection: &mut Connection,
        thread_id: ThreadId,
        record: &CommentRecord,
    ) -> Result<(Place, bool), StoreError> {
        let answers_name = record.answers_name.clone();
        let Some(parent_id) = record.parent_id else {
            return Ok((Place { answers_name, ..Place::default() }, true));
        };
        let parent = self.meet(connection, parent_id).await?;
        // A parent with a later id would come after its reply in the next export, which could then not be read.
        let is_before = parent_id < record.comment_id;
        let parent =
            parent.filter(|parent| is_before && parent.thread_id == thread_id).ok_or(WriteRefusal::RecordParentMissing)?;
        let place = Place::answering(&parent);
        let is_above_readable = is_reachable(connection, parent).await?;
        Ok((Place { answers_name: answers_name.or(place.answers_name), ..place }, is_above_readable))
    }

    /// A comment that is answered. That it became listed meanwhile it need not know: [`is_reachable`] then only looks further.
    async fn meet(&mut self, connection: &mut Connection, id: CommentId) -> Result<Option<CommentRow>, StoreError> {
        if let Some(row) = self.met.get(&id) {
            return Ok(Some(row.clone()));
        }
        let row = find_comment(connection, self.site_id, id).await?;
        self.met.extend(row.clone().map(|row| (id, row)));
        Ok(row)
    }
}

fn parse_hash(text: &str) -> Result<TokenHash, StoreError> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(WriteRefusal::RecordInvalid.into());
    }
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| WriteRefusal::RecordInvalid)?;
    }
    Ok(TokenHash(hash))
}
