//! The orders in which siblings are read, each a range of one index.

use super::comment_row::comment_columns;
use super::comment_row::{CommentRow, parent_column};
use super::dialect::{Connection, is_listed};
use crate::slice::cursor::Cursor;
use crate::{StoreError, ThreadId};
use afterword_wire::{Comment, CommentId, Sort};

/// One way to walk along siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiblingOrder {
    /// Oldest first.
    IdAscending,
    /// Newest first.
    IdDescending,
    /// Most answered first, then oldest; root comments only.
    RankAscending,
    /// The same backwards.
    RankDescending,
}

/// Where a walk starts: after the sibling with these keys.
#[derive(Clone, Copy)]
pub(crate) struct Start {
    reply_rank: i64,
    comment_id: i64,
}

impl Start {
    /// After one certain sibling.
    pub(crate) fn of(comment: &Comment) -> Self {
        Self::after(comment.id, comment.reply_count)
    }

    /// The id and the reply count after which it starts.
    pub(crate) fn keys(self) -> (CommentId, u32) {
        (CommentId(self.comment_id.max(0).cast_unsigned()), u32::try_from(-self.reply_rank.max(-i64::MAX)).unwrap_or(0))
    }

    fn after(comment_id: CommentId, reply_count: u32) -> Self {
        Self { reply_rank: -i64::from(reply_count), comment_id: comment_id.0.cast_signed() }
    }

    /// Where a cursor says; at the first sibling without one, or when the cursor stands before it.
    pub(crate) fn at(cursor: Option<&Cursor>, order: SiblingOrder) -> Self {
        match cursor {
            Some(cursor) if cursor.comment_id.0 != 0 => Self::after(cursor.comment_id, cursor.reply_count),
            _ => order.first(),
        }
    }
}

impl SiblingOrder {
    /// The walk that shows root comments as a reader sorts them.
    pub(crate) fn of_roots(sort: Sort) -> Self {
        match sort {
            Sort::Oldest => Self::IdAscending,
            Sort::Newest => Self::IdDescending,
            Sort::Replies => Self::RankAscending,
        }
    }

    /// The same walk, back.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::IdAscending => Self::IdDescending,
            Self::IdDescending => Self::IdAscending,
            Self::RankAscending => Self::RankDescending,
            Self::RankDescending => Self::RankAscending,
        }
    }

    /// Where a walk in the order of time starts to meet the sibling of that id first, or else the one that would come after it.
    pub(crate) fn just_before(self, comment_id: CommentId) -> Start {
        let id = i64::try_from(comment_id.0).unwrap_or(i64::MAX);
        match self {
            Self::IdAscending => Start { reply_rank: 0, comment_id: id.saturating_sub(1) },
            Self::IdDescending => Start { reply_rank: 0, comment_id: id.saturating_add(1) },
            Self::RankAscending | Self::RankDescending => self.first(),
        }
    }

    /// Whether siblings are met in the order, or the reverse order, in which they were written.
    pub(crate) fn is_by_time(self) -> bool {
        matches!(self, Self::IdAscending | Self::IdDescending)
    }

    /// Where the walk back starts that meets everything this one, from there, leaves out.
    pub(crate) fn turned(self, start: Start) -> Start {
        let comment_id = match self {
            Self::IdAscending | Self::RankAscending => start.comment_id.saturating_add(1),
            Self::IdDescending | Self::RankDescending => start.comment_id.saturating_sub(1),
        };
        Start { comment_id, ..start }
    }

    fn first(self) -> Start {
        match self {
            Self::IdAscending | Self::RankAscending => Start { reply_rank: i64::MIN, comment_id: 0 },
            Self::IdDescending | Self::RankDescending => Start { reply_rank: i64::MAX, comment_id: i64::MAX },
        }
    }

    /// Takes thread, parent, rank, id and limit. A row value is one range of the index; `a < x OR a = x AND b > y` would not be.
    pub(crate) fn sql(self) -> &'static str {
        macro_rules! walk {
            ($rest:literal) => {
                concat!("SELECT ", comment_columns!(), " FROM comment WHERE thread_id = $1 AND ", is_listed!(), " AND ", $rest)
            };
        }
        match self {
            Self::IdAscending => walk!("parent_id = $2 AND comment_id > $4 ORDER BY comment_id LIMIT $5"),
            Self::IdDescending => walk!("parent_id = $2 AND comment_id < $4 ORDER BY comment_id DESC LIMIT $5"),
            Self::RankAscending => {
                walk!("parent_id = 0 AND (reply_rank, comment_id) > ($3, $4) ORDER BY reply_rank, comment_id LIMIT $5")
            }
            Self::RankDescending => {
                walk!("parent_id = 0 AND (reply_rank, comment_id) < ($3, $4) ORDER BY reply_rank DESC, comment_id DESC LIMIT $5")
            }
        }
    }
}

/// Listed siblings below a parent, or root comments, in that order.
pub(crate) async fn read_siblings(
    connection: &mut Connection,
    thread_id: ThreadId,
    parent_id: Option<CommentId>,
    order: SiblingOrder,
    start: Start,
    limit: u32,
) -> Result<Vec<Comment>, StoreError> {
    let walk = sqlx::query_as(order.sql())
        .bind(thread_id.0)
        .bind(parent_column(parent_id))
        .bind(start.reply_rank)
        .bind(start.comment_id)
        .bind(i64::from(limit));
    let rows: Vec<CommentRow> = walk.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| row.comment).collect())
}
