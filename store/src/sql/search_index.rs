//! What of comments is kept so that they can be found.

use super::comment_row::CommentRow;
use super::dialect::Connection;
use super::search_section::{enter_section, leave_section, section_of};
use super::search_terms::{Progress, add_terms, remove_terms};
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;

/// What can be found of a comment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Findable<'a> {
    /// Its thread.
    pub(crate) thread_id: ThreadId,
    /// Its id.
    pub(crate) comment_id: CommentId,
    /// Who wrote it.
    pub(crate) author_name: &'a str,
    /// What it says.
    pub(crate) body_html: &'a str,
}

/// Takes in a comment that readers see from now on.
pub(crate) async fn index(connection: &mut Connection, comment: Findable<'_>) -> Result<(), StoreError> {
    if Progress::read(connection).await?.covers(comment.thread_id, comment.comment_id) {
        add(connection, comment).await?;
    }
    Ok(())
}

/// Lets go of a comment that readers no longer see, or no longer as it was; it must be given as it was taken in.
pub(crate) async fn unindex(connection: &mut Connection, comment: Findable<'_>) -> Result<(), StoreError> {
    if !Progress::read(connection).await?.covers(comment.thread_id, comment.comment_id) {
        return Ok(());
    }
    let Some(section) = section_of(connection, comment.thread_id, comment.comment_id).await? else {
        return Ok(());
    };
    remove_terms(connection, comment, section.section_id).await?;
    leave_section(connection, section.section_id).await
}

/// Takes in a comment, whether or not its turn has come.
pub(crate) async fn add(connection: &mut Connection, comment: Findable<'_>) -> Result<(), StoreError> {
    let section_id = enter_section(connection, comment.thread_id, comment.comment_id).await?;
    add_terms(connection, &[(comment, section_id)]).await
}

impl<'a> Findable<'a> {
    /// What can be found of a comment as it lies in its table.
    pub(crate) fn of(row: &'a CommentRow) -> Self {
        let (author_name, body_html) = (row.author_name.as_str(), row.comment.body_html.as_str());
        Self { thread_id: row.thread_id, comment_id: row.comment.id, author_name, body_html }
    }
}

/// A term within a section. No section's terms begin another's, because a word holds no colon.
pub(crate) fn section_term(section_id: i64, word: &str) -> String {
    format!("{section_id}:{word}")
}
