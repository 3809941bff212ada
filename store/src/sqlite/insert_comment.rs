//! A new comment or reply.

use super::author::{add_author, find_author};
use super::comment_row::{find_comment, parent_column};
use super::listed::count_in;
use super::place::Place;
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
        let thread_id = thread.map(|thread| thread.id);
        let place = self.place(connection, thread_id).await?;
        let thread_id = match thread_id {
            Some(thread_id) => thread_id,
            None => begin_thread(connection, self.site.id, &self.page_key, self.now).await?,
        };
        describe_page(connection, thread_id, self.page_url.as_deref(), self.page_title.as_deref()).await?;
        let author_id = self.author(connection).await?;
        self.insert(connection, thread_id, author_id, &place).await?;
        let roots = count_in(connection, thread_id, place.parent_id).await?;
        let comment_count = add_to_counters(connection, thread_id, 1, roots).await?;
        let written = Written { comment: self.comment(author_id, place), author_id, comment_count, is_listed: true };
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
        add_author(connection, self.site.id, self.new_author_id, Some(self.token_hash), self.now).await?;
        Ok(self.new_author_id)
    }

    async fn insert(
        &self,
        connection: &mut SqliteConnection,
        thread_id: ThreadId,
        author_id: AuthorId,
        place: &Place,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, \
                   author_website, answers_name, moderation_status, is_listed, created_at, renderer_version, body_markdown, \
                   body_html) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'approved', 1, ?, ?, ?, ?)";
        let insert = sqlx::query(sql)
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
        insert.execute(connection).await?;
        Ok(())
    }

    fn comment(&self, author_id: AuthorId, place: Place) -> Comment {
        let author = Author { id: author_id, name: self.author_name.clone(), website: self.author_website.clone() };
        Comment {
            id: CommentId(self.new_comment_id.0),
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
