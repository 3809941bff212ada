//! What can be searched for, as PostgreSQL's text search takes it: terms come ready-made, with their places.

use super::dialect::each_row;
use super::sql::new_row::as_json;
use super::sql::search_index::{Findable, section_term};
use crate::search::{Phrase, composed, plain_text, terms};
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use serde_json::json;
use sqlx::PgConnection;

/// Between the last word of the name and the first of the body, so that no phrase reaches from one into the other.
const GAP: usize = 8;
/// Greatest place that PostgreSQL tells apart.
const MAX_PLACE: usize = 16_383;

/// Comments of a section in which everything stands: takes the expression, the id before which they lie, and how many at most.
pub(crate) const FIND: &str = "SELECT comment_id FROM comment_search WHERE terms @@ $1::tsquery AND comment_id < $2 \
                               ORDER BY comment_id DESC LIMIT $3";

/// Here all comments always were taken in.
#[derive(Clone, Copy)]
pub(crate) struct Progress;

impl Progress {
    /// Known without asking.
    pub(crate) async fn read(_connection: &mut PgConnection) -> Result<Self, StoreError> {
        Ok(Self)
    }

    /// Whether the comments of this place are taken in already.
    pub(crate) fn covers(self, _thread_id: ThreadId, _comment_id: CommentId) -> bool {
        true
    }
}

/// Takes in comments, each of a section.
pub(crate) async fn add_terms(connection: &mut PgConnection, comments: &[(Findable<'_>, i64)]) -> Result<(), StoreError> {
    let sql = concat!(
        "INSERT INTO comment_search (thread_id, comment_id, terms) SELECT thread_id, comment_id, terms::tsvector FROM ",
        each_row!("$1", "new", thread_id bigint, comment_id bigint, terms text)
    );
    let rows = as_json(comments.iter().map(|(comment, section_id)| {
        let terms = vector(comment, *section_id);
        json!({ "thread_id": comment.thread_id.0, "comment_id": comment.comment_id.0.cast_signed(), "terms": terms })
    }));
    sqlx::query(sql).bind(rows).execute(connection).await?;
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
fn vector(comment: &Findable<'_>, section_id: i64) -> String {
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

/// The phrases as PostgreSQL reads it.
pub(crate) fn expression(phrases: &[Phrase], section_id: i64) -> String {
    phrases.iter().map(|phrase| phrase_expression(phrase, section_id)).collect::<Vec<_>>().join(" & ")
}

fn phrase_expression(phrase: &Phrase, section_id: i64) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("'{}'", section_term(section_id, word))).collect();
    format!("({}{})", words.join(" <-> "), if phrase.is_beginning { ":*" } else { "" })
}
