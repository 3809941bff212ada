//! New comments and replies, however many, in one go.
//!
//! A busy thread's comments would otherwise cost a dozen round trips each, and its row and a hot parent's would get a version
//! for every one of them. Here all are decided in memory, one after the other as if each had been alone, and then written
//! together: the same dozen statements for one comment and for two hundred.

use super::dialect::Connection;
use super::gathered::{BusyThread, Gathered};
use super::new_comment::{as_readers_see, place_below};
use super::new_row::{NewAuthor, NewRow};
use super::place::Place;
use super::search_section::{Section, first_comment_of_its_section};
use super::thread::{ThreadRow, describe};
use super::write_request::KeptAnswer;
use crate::writer::{Applied, Job, Subject, Write};
use crate::{Change, InsertComment, Outcome, StoreError, Thread, ThreadId, WriteRefusal};
use afterword_wire::{AuthorId, CommentId, Written};
use async_trait::async_trait;

/// What becomes of one new comment.
pub(crate) type Inserted = Result<Applied<Outcome>, StoreError>;

/// Writes the comments in their order, whose threads are locked; each is taken or refused for itself.
///
/// # Errors
/// The transaction is gone, and all of them with it.
pub(crate) async fn insert_comments(connection: &mut Connection, writes: &[&InsertComment]) -> Result<Vec<Inserted>, StoreError> {
    let mut gathered = Gathered::read(connection, writes).await?;
    let inserted = writes.iter().map(|write| gathered.take(write)).collect();
    gathered.write(connection).await?;
    Ok(inserted)
}

/// Writes the new comments among these together, and leaves the others.
///
/// # Errors
/// The transaction is gone, and all of them with it.
pub(crate) async fn insert_waiting(connection: &mut Connection, jobs: &mut [Box<dyn Job<Connection>>]) -> Result<(), StoreError> {
    let writes: Vec<&InsertComment> = jobs.iter().filter_map(|job| new_comment(job.as_ref())).collect();
    if writes.is_empty() {
        return Ok(());
    }
    let inserted = insert_comments(connection, &writes).await?;
    for (job, inserted) in jobs.iter_mut().filter(|job| is_new_comment(job.as_ref())).zip(inserted) {
        job.settle(inserted);
    }
    Ok(())
}

/// Whether a write is a new comment.
pub(crate) fn is_new_comment(job: &dyn Job<Connection>) -> bool {
    new_comment(job).is_some()
}

fn new_comment(job: &dyn Job<Connection>) -> Option<&InsertComment> {
    match job.subject() {
        Subject::NewComment(write) => Some(write),
        _ => None,
    }
}

#[async_trait]
impl Write<Connection> for InsertComment {
    type Answer = Outcome;

    async fn apply(&self, connection: &mut Connection) -> Inserted {
        let mut alone = insert_comments(connection, &[self]).await?;
        alone.pop().unwrap_or_else(|| Err(StoreError::Unavailable("the comment was not written".to_owned())))
    }

    fn subject(&self) -> Subject<'_> {
        Subject::NewComment(self)
    }

    fn settled(inserted: Inserted) -> Option<Inserted> {
        Some(inserted)
    }
}

impl<'a> Gathered<'a> {
    /// Decides about one comment after those before it.
    fn take(&mut self, write: &'a InsertComment) -> Inserted {
        let request = (write.site.id, write.request.id.as_str());
        if let Some(outcome) = self.answers.get(&request).map(|kept| kept.to(&write.request)).transpose()? {
            return Ok(Applied::unseen(outcome));
        }
        let page = (write.site.id, write.page_key.as_str());
        let begun = self.pages.get(&page).and_then(|id| self.threads.get(id));
        if begun.is_some_and(|busy| busy.row.thread.is_closed) {
            return Err(WriteRefusal::ThreadClosed.into());
        }
        let place = match write.parent_id {
            None => Place::default(),
            Some(parent_id) => place_below(self.parents.get(&(write.site.id, parent_id)), begun.map(|busy| busy.row.thread.id))?,
        };
        let thread_id = self.thread_id(write);
        let author_id = self.author(write);
        let (written, change_id) = self.write_below(write, thread_id, author_id, place);
        self.answers.insert(request, KeptAnswer::new(&write.request, &written)?);
        let section_id = self.enter_section(thread_id);
        self.new_rows.push(NewRow { write, thread_id, written: written.clone(), change_id, section_id });
        let change = Change::Thread { site_id: write.site.id, page_key: write.page_key.clone() };
        Ok(Applied::seen(Outcome { written, is_repeated: false }, change))
    }

    /// The thread of the page; a new id if nobody wrote there.
    fn thread_id(&mut self, write: &'a InsertComment) -> ThreadId {
        let numbers = &mut self.numbers;
        let page = (write.site.id, write.page_key.as_str());
        *self.pages.entry(page).or_insert_with(|| ThreadId(numbers.thread_id(write.site.id, &write.page_key)))
    }

    fn author(&mut self, write: &'a InsertComment) -> AuthorId {
        *self.authors.entry((write.site.id, write.token_hash)).or_insert_with(|| {
            self.new_authors.push(NewAuthor { write, author_id: write.new_author_id });
            write.new_author_id
        })
    }

    /// Counts the comment in and gives it and its entry in the log their ids. Within a thread ids rise even when the clock goes
    /// back, or another process's is ahead, so that "oldest first" stays the order of writing and a parent's id is always the
    /// smaller one.
    fn write_below(
        &mut self,
        write: &'a InsertComment,
        thread_id: ThreadId,
        author_id: AuthorId,
        place: Place,
    ) -> (Written, i64) {
        let busy = self.threads.entry(thread_id).or_insert_with(|| {
            self.new_threads.insert(thread_id, write);
            BusyThread { row: begun(thread_id, write), newest_id: 0, section: None, newest_change: 0, new_comments: 0 }
        });
        describe(&mut busy.row.thread, write.page_url.as_deref(), write.page_title.as_deref());
        busy.newest_id = write.new_comment_id.0.cast_signed().max(busy.newest_id + 1);
        busy.newest_change = write.new_change_id.0.cast_signed().max(busy.newest_change + 1);
        busy.new_comments += 1;
        busy.row.thread.comment_count += 1;
        match place.parent_id {
            None => busy.row.root_count += 1,
            Some(parent_id) => *self.new_replies.entry((thread_id, parent_id)).or_default() += 1,
        }
        let comment_id = CommentId(busy.newest_id.cast_unsigned());
        let (comment_count, change_id) = (busy.row.thread.comment_count, busy.newest_change);
        let comment = as_readers_see(write, comment_id, author_id, place);
        (Written { comment, author_id, comment_count, is_listed: true }, change_id)
    }
}

impl Gathered<'_> {
    /// Counts a thread's newest comment into the section it is found in, and returns which; `None` where comments of that place
    /// will be taken in when it is their turn.
    fn enter_section(&mut self, thread_id: ThreadId) -> Option<i64> {
        let busy = self.threads.get_mut(&thread_id)?;
        if !self.progress.covers(thread_id, CommentId(busy.newest_id.cast_unsigned())) {
            return None;
        }
        let first_comment_id = first_comment_of_its_section(busy.section, busy.newest_id);
        let begun = busy.section.filter(|section| section.first_comment_id == first_comment_id);
        let section = Section {
            section_id: begun.map_or_else(|| self.numbers.section_id(thread_id, first_comment_id), |section| section.section_id),
            first_comment_id,
            last_comment_id: busy.newest_id,
            comment_count: begun.map_or(0, |section| section.comment_count) + 1,
        };
        busy.section = Some(section);
        self.sections.insert((thread_id, section.first_comment_id), section);
        Some(section.section_id)
    }
}

/// A thread that begins with this comment.
fn begun(thread_id: ThreadId, write: &InsertComment) -> ThreadRow {
    let thread = Thread {
        id: thread_id,
        page_key: write.page_key.clone(),
        page_url: None,
        page_title: None,
        is_closed: false,
        comment_count: 0,
    };
    ThreadRow { thread, root_count: 0 }
}
