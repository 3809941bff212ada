//! What can be searched for, in SQLite's full-text table.

use super::dialect::each_row;
use super::sql::new_row::as_json;
use super::sql::search_index::{Findable, section_term};
use crate::StoreError;
use crate::search::{Phrase, composed, plain_text, terms};
use serde_json::json;
use sqlx::SqliteConnection;

pub(crate) use super::search_progress::Progress;

/// Comments of a section in which everything stands: takes the expression, the id before which they lie, and how many at most.
pub(crate) const FIND: &str =
    "SELECT rowid FROM comment_search WHERE comment_search MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3";

/// Takes in comments, each of a section.
pub(crate) async fn add_terms(connection: &mut SqliteConnection, comments: &[(Findable<'_>, i64)]) -> Result<(), StoreError> {
    let sql = concat!(
        "INSERT INTO comment_search (rowid, body, author_name) SELECT comment_id, body, author_name FROM ",
        each_row!("?", "new", comment_id bigint, body text, author_name text)
    );
    let rows = as_json(comments.iter().map(|(comment, section_id)| {
        let [body, author_name] = words(comment, *section_id);
        json!({ "comment_id": comment.comment_id.0.cast_signed(), "body": body, "author_name": author_name })
    }));
    sqlx::query(sql).bind(rows).execute(connection).await?;
    Ok(())
}

/// Lets go of a comment, given as it was taken in.
pub(crate) async fn remove_terms(
    connection: &mut SqliteConnection,
    comment: Findable<'_>,
    section_id: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO comment_search (comment_search, rowid, body, author_name) VALUES ('delete', ?, ?, ?)";
    let [body, author_name] = words(&comment, section_id);
    sqlx::query(sql).bind(comment.comment_id.0.cast_signed()).bind(body).bind(author_name).execute(connection).await?;
    Ok(())
}

/// What of a comment's body and of its author's name is taken in.
fn words(comment: &Findable<'_>, section_id: i64) -> [String; 2] {
    [plain_text(comment.body_html), composed(comment.author_name)].map(|text| section_terms(section_id, &text))
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

/// The phrases as FTS5 reads it. Terms hold no quotation mark, so none of them can end its string.
pub(crate) fn expression(phrases: &[Phrase], section_id: i64) -> String {
    let phrases = phrases.iter().map(|phrase| phrase_expression(phrase, section_id));
    phrases.collect::<Vec<_>>().join(" AND ")
}

fn phrase_expression(phrase: &Phrase, section_id: i64) -> String {
    let terms: Vec<String> = phrase.words.iter().map(|word| section_term(section_id, word)).collect();
    format!("\"{}\"{}", terms.join(" "), if phrase.is_beginning { " *" } else { "" })
}
