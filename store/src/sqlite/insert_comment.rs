//! A new comment or reply.

use super::author::{add_author, find_author};
use super::comment_row::{find_comment, parent_column};
use super::listed::count_in;
use super::place::Place;
use super::search_index::{Findable, index};
use super::thread::{add_to_counters, begin_thread, describe_page, find_thread};
use super::write_request::{first_answer, remember};
use super::writer::{Applied, Write};
use crate::{Change, InsertComment, Outcome, StoreError, ThreadId, WriteRefusal};
use afterword_wire::{Author, AuthorId, Comment, CommentId, Written};
use async_trait::async_trait;
use sqlx::SqliteConnection;

#[async_trait]
impl Write for InsertComment {
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
        let thread = match thread {
            Some(thread) => thread,
            None => begin_thread(connection, self.site.id, &self.page_key, self.now).await?,
        };
        let thread_id = thread.id;
        describe_page(connection, &thread, self.page_url.as_deref(), self.page_title.as_deref()).await?;
        let author_id = self.author(connection).await?;
        let comment_id = self.insert(connection, thread_id, author_id, &place).await?;
        let (author_name, body_html) = (self.author_name.as_str(), self.body_html.as_str());
        index(connection, Findable { thread_id, comment_id, author_name, body_html }).await?;
        let roots = count_in(connection, thread_id, place.parent_id).await?;
        let comment_count = add_to_counters(connection, thread_id, 1, roots).await?;
        let written = Written { comment: self.comment(comment_id, author_id, place), author_id, comment_count, is_listed: true };
        remember(connection, self.site.id, &self.request, &written, self.now).await?;
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
        let parent = parent.filter(|parent| Some(parent.thread_id) == thread_id).ok_or(WriteRefusal::ParentNotFound)?;
        if parent.comment.is_deleted() {
            return Err(WriteRefusal::ParentDeleted.into());
        }
        if !parent.is_listed {
            return Err(WriteRefusal::ParentNotFound.into());
        }
        Ok(Place::answering(&parent))
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
            .bind(place.depth)
            .bind(author_id.0.cast_signed())
            .bind(&self.author_name)
            .bind(&self.author_email)
            .bind(&self.author_website)
            .bind(&place.answers_name)
            .bind(self.now.0)
            .bind(self.renderer_version)
            .bind(&self.body_markdown)
            .bind(&self.body_html);
        let comment_id: i64 = insert.fetch_one(connection).await?;
        Ok(CommentId(comment_id.cast_unsigned()))
    }

    fn comment(&self, comment_id: CommentId, author_id: AuthorId, place: Place) -> Comment {
        let author = Author { id: author_id, name: self.author_name.clone(), website: self.author_website.clone() };
        Comment {
            id: comment_id,
            parent_id: place.parent_id,
            depth: place.depth,
            answers_name: place.answers_name,
            author: Some(author),
            created_at: self.now,
            edited_at: None,
            body_html: self.body_html.clone(),
            reply_count: 0,
            more: None,
        }
    }
}
