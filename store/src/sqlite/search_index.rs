//! What of comments is kept so that they can be found.

use super::comment_row::CommentRow;
use super::search_progress::is_indexed;
use super::search_section::{enter_section, leave_section, section_of};
use crate::search::{composed, plain_text, terms};
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use sqlx::SqliteConnection;

/// What can be found of a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Findable<'a> {
    /// Its thread.
    pub(super) thread_id: ThreadId,
    /// Its id.
    pub(super) comment_id: CommentId,
    /// Who wrote it.
    pub(super) author_name: &'a str,
    /// What it says.
    pub(super) body_html: &'a str,
}

/// Takes in a comment that readers see from now on.
pub(super) async fn index(connection: &mut SqliteConnection, comment: Findable<'_>) -> Result<(), StoreError> {
    if is_indexed(connection, comment.thread_id, comment.comment_id).await? {
        add(connection, comment).await?;
    }
    Ok(())
}

/// Lets go of a comment that readers no longer see, or no longer as it was; it must be given as it was taken in.
pub(super) async fn unindex(connection: &mut SqliteConnection, comment: Findable<'_>) -> Result<(), StoreError> {
    if !is_indexed(connection, comment.thread_id, comment.comment_id).await? {
        return Ok(());
    }
    let Some(section) = section_of(connection, comment.thread_id, comment.comment_id).await? else {
        return Ok(());
    };
    let sql = "INSERT INTO comment_search (comment_search, rowid, body, author_name) VALUES ('delete', ?, ?, ?)";
    comment.bind(sql, section.section_id).execute(&mut *connection).await?;
    leave_section(connection, section.section_id).await
}

/// Takes in a comment, whether or not its turn has come.
pub(super) async fn add(connection: &mut SqliteConnection, comment: Findable<'_>) -> Result<(), StoreError> {
    let section_id = enter_section(connection, comment.thread_id, comment.comment_id).await?;
    let sql = "INSERT INTO comment_search (rowid, body, author_name) VALUES (?, ?, ?)";
    comment.bind(sql, section_id).execute(connection).await?;
    Ok(())
}

impl<'a> Findable<'a> {
    /// What can be found of a comment as it lies in its table.
    pub(super) fn of(row: &'a CommentRow) -> Self {
        let (author_name, body_html) = (row.author_name.as_str(), row.comment.body_html.as_str());
        Self { thread_id: row.thread_id, comment_id: row.comment.id, author_name, body_html }
    }

    fn bind(
        &self,
        sql: &'static str,
        section_id: i64,
    ) -> sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
        let body = section_terms(section_id, &plain_text(self.body_html));
        let author_name = section_terms(section_id, &composed(self.author_name));
        sqlx::query(sql).bind(self.comment_id.0.cast_signed()).bind(body).bind(author_name)
    }
}

/// The terms of a text as the table takes them.
fn section_terms(section_id: i64, text: &str) -> String {
    let mut list = String::with_capacity(text.len() * 2);
    for term in terms(text) {
        list.push_str(&section_term(section_id, &term.word));
        list.push(' ');
    }
    list
}

/// A term within a section. No section's terms begin another's, because a word holds no colon.
pub(super) fn section_term(section_id: i64, word: &str) -> String {
    format!("{section_id}:{word}")
}
