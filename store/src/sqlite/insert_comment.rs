//! A new comment or reply.

use super::sql::author::{add_author, find_author};
use super::sql::change_log::log_change;
use super::sql::comment_row::{find_comment, parent_column};
use super::sql::listed::count_in;
use super::sql::new_comment::{as_readers_see, place_below};
use super::sql::place::Place;
use super::sql::search_index::{Findable, index};
use super::sql::thread::{add_to_counters, begin_thread, describe, find_thread};
use super::sql::write_request::{first_answer, remember};
use crate::writer::{Applied, Write};
use crate::{Change, ChangeKind, InsertComment, Outcome, StoreError, Thread, ThreadId, WriteRefusal};
use afterword_wire::{AuthorId, CommentId, Written};
use async_trait::async_trait;
use sqlx::SqliteConnection;

#[async_trait]
impl Write<SqliteConnection> for InsertComment {
    type Answer = Outcome;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Applied<Outcome>, StoreError> {
        if let Some(outcome) = first_answer(connection, self.site.id, &self.request).await? {
            return Ok(Applied::unseen(outcome));
        }
        let thread = find_thread(connection, self.site.id, &self.page_key).await?.map(|row| row.thread);
        if thread.as_ref().is_some_and(|thread| thread.is_closed) {
            return Err(WriteRefusal::ThreadClosed.into());
        }
        let place = self.place(connection, thread.as_ref().map(|thread| thread.id)).await?;
        let mut thread = match thread {
            Some(thread) => thread,
            None => begin_thread(connection, self.site.id, &self.page_key, self.now).await?,
        };
        let thread_id = thread.id;
        self.describe_page(connection, &mut thread).await?;
        let author_id = self.author(connection).await?;
        let comment_id = self.insert(connection, thread_id, author_id, &place).await?;
        let (author_name, body_html) = (self.author_name.as_str(), self.body_html.as_str());
        index(connection, Findable { thread_id, comment_id, author_name, body_html }).await?;
        let roots = count_in(connection, thread_id, place.parent_id, 1).await?;
        let comment_count = add_to_counters(connection, thread_id, 1, roots).await?;
        let written =
            Written { comment: as_readers_see(self, comment_id, author_id, place), author_id, comment_count, is_listed: true };
        remember(connection, self.site.id, &self.request, &written, self.now).await?;
        let thread = (self.site.id, thread_id);
        log_change(connection, thread, self.new_change_id, Some(comment_id), ChangeKind::Created).await?;
        let change = Change::Thread { site_id: self.site.id, page_key: self.page_key.clone() };
        Ok(Applied::seen(Outcome { written, is_repeated: false }, change))
    }
}

impl InsertComment {
    async fn place(&self, connection: &mut SqliteConnection, thread_id: Option<ThreadId>) -> Result<Place, StoreError> {
        let Some(parent_id) = self.parent_id else {
            return Ok(Place::default());
        };
        let parent = find_comment(connection, self.site.id, parent_id).await?;
        place_below(parent.as_ref(), thread_id)
    }

    /// Writes what the comment says of its page, if that is news.
    async fn describe_page(&self, connection: &mut SqliteConnection, thread: &mut Thread) -> Result<(), StoreError> {
        if !describe(thread, self.page_url.as_deref(), self.page_title.as_deref()) {
            return Ok(());
        }
        let sql = "UPDATE thread SET page_url = $1, page_title = $2 WHERE thread_id = $3";
        let update = sqlx::query(sql).bind(&thread.page_url).bind(&thread.page_title).bind(thread.id.0);
        update.execute(connection).await?;
        Ok(())
    }

    async fn author(&self, connection: &mut SqliteConnection) -> Result<AuthorId, StoreError> {
        if let Some(author_id) = find_author(connection, self.site.id, self.token_hash).await? {
            return Ok(author_id);
        }
        if !add_author(connection, self.site.id, self.new_author_id, Some(self.token_hash), self.now).await? {
            // Never credit the comment to whoever has that id.
            return Err(StoreError::Unavailable("the new author's id is taken: try again".to_owned()));
        }
        Ok(self.new_author_id)
    }

    /// Writes the row. Within a thread ids rise even when the clock goes back, so that "oldest first" stays the order of writing
    /// and a parent's id is always the smaller one.
    async fn insert(
        &self,
        connection: &mut SqliteConnection,
        thread_id: ThreadId,
        author_id: AuthorId,
        place: &Place,
    ) -> Result<CommentId, StoreError> {
        let sql = "INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, \
                   author_website, answers_name, moderation_status, is_listed, created_at, renderer_version, body_markdown, \
                   body_html) VALUES (?1, ?2, \
                   max(?3, 1 + coalesce((SELECT max(comment_id) FROM comment WHERE thread_id = ?2), 0)), \
                   ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'approved', 1, ?11, ?12, ?13, ?14) RETURNING comment_id";
        let insert = sqlx::query_scalar(sql)
            .bind(self.site.id.0)
            .bind(thread_id.0)
            .bind(self.new_comment_id.0.cast_signed())
            .bind(parent_column(place.parent_id))
            .bind(i64::from(place.depth))
            .bind(author_id.0.cast_signed())
            .bind(&self.author_name)
            .bind(&self.author_email)
            .bind(&self.author_website)
            .bind(&place.answers_name)
            .bind(self.now.0)
            .bind(i64::from(self.renderer_version))
            .bind(&self.body_markdown)
            .bind(&self.body_html);
        let comment_id: i64 = insert.fetch_one(connection).await?;
        Ok(CommentId(comment_id.cast_unsigned()))
    }
}
