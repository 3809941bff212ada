//! What can be searched for, as PostgreSQL's text search takes it: terms come ready-made, with their places.

use super::sql::search_index::{Findable, section_term};
use crate::search::{Phrase, SearchQuery, composed, plain_text, terms};
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use sqlx::PgConnection;

/// Between the last word of the name and the first of the body, so that no phrase reaches from one into the other.
const GAP: usize = 8;
/// Greatest place that PostgreSQL tells apart.
const MAX_PLACE: usize = 16_383;

/// Comments of a section in which everything stands: takes the expression, the id before which they lie, and how many at most.
pub(crate) const FIND: &str = "SELECT comment_id FROM comment_search WHERE terms @@ $1::tsquery AND comment_id < $2 \
                               ORDER BY comment_id DESC LIMIT $3";

/// Whether the comments of this place are taken in already; here all always were.
pub(crate) async fn is_indexed(
    _connection: &mut PgConnection,
    _thread_id: ThreadId,
    _comment_id: CommentId,
) -> Result<bool, StoreError> {
    Ok(true)
}

/// Takes in a comment of a section.
pub(crate) async fn add_terms(connection: &mut PgConnection, comment: Findable<'_>, section_id: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO comment_search (thread_id, comment_id, terms) VALUES ($1, $2, $3::tsvector)";
    let insert =
        sqlx::query(sql).bind(comment.thread_id.0).bind(comment.comment_id.0.cast_signed()).bind(vector(&comment, section_id));
    insert.execute(connection).await?;
    Ok(())
}

/// Lets go of a comment.
pub(crate) async fn remove_terms(
    connection: &mut PgConnection,
    comment: Findable<'_>,
    _section_id: i64,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM comment_search WHERE thread_id = $1 AND comment_id = $2";
    sqlx::query(sql).bind(comment.thread_id.0).bind(comment.comment_id.0.cast_signed()).execute(connection).await?;
    Ok(())
}

/// A comment's terms and their places: the name's, and after a gap the body's. Terms hold neither quotation mark nor backslash.
pub(super) fn vector(comment: &Findable<'_>, section_id: i64) -> String {
    let names = terms(&composed(comment.author_name));
    let bodies = terms(&plain_text(comment.body_html));
    let first_body_place = names.len() + GAP;
    let places = (1..=names.len()).chain(first_body_place..);
    let entries = names.iter().chain(&bodies).zip(places).map(|(term, place)| {
        let word = section_term(section_id, &term.word);
        format!("'{word}':{}", place.min(MAX_PLACE))
    });
    entries.collect::<Vec<_>>().join(" ")
}

/// The query as PostgreSQL reads it.
pub(crate) fn expression(query: &SearchQuery, section_id: i64) -> String {
    query.phrases().iter().map(|phrase| phrase_expression(phrase, section_id)).collect::<Vec<_>>().join(" & ")
}

fn phrase_expression(phrase: &Phrase, section_id: i64) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("'{}'", section_term(section_id, word))).collect();
    format!("({}{})", words.join(" <-> "), if phrase.is_beginning { ":*" } else { "" })
}
