//! A new body for a comment.

use super::change_log::log_change;
use super::dialect::Connection;
use super::own_comment::own_comment;
use super::search_index::{Findable, index, unindex};
use super::thread::read_thread;
use super::write_request::{first_answer, remember};
use crate::writer::{Applied, Subject, Write};
use crate::{Change, ChangeKind, EditBody, Outcome, StoreError};
use afterword_wire::{Comment, Written};
use async_trait::async_trait;

#[async_trait]
impl Write<Connection> for EditBody {
    type Answer = Outcome;

    fn subject(&self) -> Subject<'_> {
        Subject::Comment(self.site.id, self.comment_id)
    }

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<Outcome>, StoreError> {
        if let Some(outcome) = first_answer(connection, self.site.id, &self.request).await? {
            return Ok(Applied::unseen(outcome));
        }
        let row = own_comment(connection, &self.site, self.comment_id, self.token_hash, self.now).await?;
        let sql = "UPDATE comment SET body_markdown = $1, body_html = $2, renderer_version = $3, edited_at = $4 \
                   WHERE thread_id = $5 AND comment_id = $6";
        let update = sqlx::query(sql)
            .bind(&self.body_markdown)
            .bind(&self.body_html)
            .bind(i64::from(self.renderer_version))
            .bind(self.now.0)
            .bind(row.thread_id.0)
            .bind(self.comment_id.0.cast_signed());
        update.execute(&mut *connection).await?;
        if row.is_listed {
            unindex(connection, Findable::of(&row)).await?;
            index(connection, Findable { body_html: &self.body_html, ..Findable::of(&row) }).await?;
        }
        let thread = read_thread(connection, row.thread_id).await?.thread;
        let comment = Comment { body_html: self.body_html.clone(), edited_at: Some(self.now), ..row.comment };
        let written =
            Written { comment, author_id: row.author_id, comment_count: thread.comment_count, is_listed: row.is_listed };
        remember(connection, self.site.id, &self.request, &written, self.now).await?;
        let place = (self.site.id, row.thread_id);
        log_change(connection, place, self.new_change_id, Some(self.comment_id), ChangeKind::Edited).await?;
        let change = Change::Thread { site_id: self.site.id, page_key: thread.page_key };
        Ok(Applied::seen(Outcome { written, is_repeated: false }, change))
    }
}
