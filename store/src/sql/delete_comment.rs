//! A comment withdrawn by its author.

use super::change_log::log_change;
use super::comment_row::CommentRow;
use super::dialect::Connection;
use super::listed::count_out;
use super::own_comment::own_comment;
use super::search_index::{Findable, unindex};
use super::thread::{add_to_counters, read_thread};
use super::write_request::{erase_answers, first_answer, remember};
use crate::writer::{Applied, Subject, Write};
use crate::{Change, ChangeKind, Outcome, StoreError, WithdrawComment};
use afterword_wire::{Comment, Written};
use async_trait::async_trait;

#[async_trait]
impl Write<Connection> for WithdrawComment {
    type Answer = Outcome;

    fn subject(&self) -> Subject<'_> {
        Subject::Comment(self.site.id, self.comment_id)
    }

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<Outcome>, StoreError> {
        if let Some(outcome) = first_answer(connection, self.site.id, &self.request).await? {
            return Ok(Applied::unseen(outcome));
        }
        let row = own_comment(connection, &self.site, self.comment_id, self.token_hash, self.now).await?;
        let is_placeholder = row.is_listed && row.comment.reply_count > 0;
        erase(self, connection, &row, is_placeholder).await?;
        if row.is_listed {
            unindex(connection, Findable::of(&row)).await?;
            let roots = if is_placeholder { 0 } else { count_out(connection, row.thread_id, row.comment.parent_id).await? };
            add_to_counters(connection, row.thread_id, -1, -roots).await?;
        }
        let thread = read_thread(connection, row.thread_id).await?.thread;
        let comment = Comment { author: None, body_html: String::new(), ..row.comment };
        let written =
            Written { comment, author_id: row.author_id, comment_count: thread.comment_count, is_listed: is_placeholder };
        erase_answers(connection, self.site.id, self.comment_id, &written).await?;
        remember(connection, self.site.id, &self.request, &written, self.now).await?;
        let place = (self.site.id, row.thread_id);
        log_change(connection, place, self.new_change_id, Some(self.comment_id), ChangeKind::Deleted).await?;
        let change = Change::Thread { site_id: self.site.id, page_key: thread.page_key };
        Ok(Applied::seen(Outcome { written, is_repeated: false }, change))
    }
}

/// Erases what its author said and who they said they were; which device wrote it stays, so that nobody else can claim it.
async fn erase(
    write: &WithdrawComment,
    connection: &mut Connection,
    row: &CommentRow,
    is_listed: bool,
) -> Result<(), StoreError> {
    let sql = "UPDATE comment SET body_markdown = '', body_html = '', author_name = '', author_email = NULL, \
               author_website = NULL, deleted_at = $1, is_listed = $2 WHERE thread_id = $3 AND comment_id = $4";
    let update = sqlx::query(sql).bind(write.now.0).bind(is_listed).bind(row.thread_id.0).bind(write.comment_id.0.cast_signed());
    update.execute(connection).await?;
    Ok(())
}
