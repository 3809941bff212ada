//! What can be searched for, in SQLite's full-text table.

use super::sql::search_index::{Findable, section_term};
use crate::StoreError;
use crate::search::{Phrase, SearchQuery, composed, plain_text, terms};
use sqlx::SqliteConnection;

pub(crate) use super::search_progress::is_indexed;

/// Comments of a section in which everything stands: takes the expression, the id before which they lie, and how many at most.
pub(crate) const FIND: &str =
    "SELECT rowid FROM comment_search WHERE comment_search MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3";

/// Takes in a comment of a section.
pub(crate) async fn add_terms(
    connection: &mut SqliteConnection,
    comment: Findable<'_>,
    section_id: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO comment_search (rowid, body, author_name) VALUES (?, ?, ?)";
    bind(sql, &comment, section_id).execute(connection).await?;
    Ok(())
}

/// Lets go of a comment, given as it was taken in.
pub(crate) async fn remove_terms(
    connection: &mut SqliteConnection,
    comment: Findable<'_>,
    section_id: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO comment_search (comment_search, rowid, body, author_name) VALUES ('delete', ?, ?, ?)";
    bind(sql, &comment, section_id).execute(connection).await?;
    Ok(())
}

fn bind(
    sql: &'static str,
    comment: &Findable<'_>,
    section_id: i64,
) -> sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    let body = section_terms(section_id, &plain_text(comment.body_html));
    let author_name = section_terms(section_id, &composed(comment.author_name));
    sqlx::query(sql).bind(comment.comment_id.0.cast_signed()).bind(body).bind(author_name)
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

/// The query as FTS5 reads it. Terms hold no quotation mark, so none of them can end its string.
pub(crate) fn expression(query: &SearchQuery, section_id: i64) -> String {
    let phrases = query.phrases().iter().map(|phrase| phrase_expression(phrase, section_id));
    phrases.collect::<Vec<_>>().join(" AND ")
}

fn phrase_expression(phrase: &Phrase, section_id: i64) -> String {
    let terms: Vec<String> = phrase.words.iter().map(|word| section_term(section_id, word)).collect();
    format!("\"{}\"{}", terms.join(" "), if phrase.is_beginning { " *" } else { "" })
}
