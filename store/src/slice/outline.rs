//! Comments gathered level by level, laid out depth-first.

use super::cursor::{Cursor, Direction, Siblings};
use afterword_wire::{Comment, CommentId, More};

/// Place of a comment in an [`Outline`].
pub(crate) type Place = usize;

/// Comments of one slice and who stands below whom, while it is being gathered.
#[derive(Default)]
pub(crate) struct Outline {
    entries: Vec<Entry>,
    tops: Vec<Place>,
}

struct Entry {
    comment: Comment,
    replies: Vec<Place>,
    /// Whether the replies here are the first ones, so that the listing can go on after the last of them.
    starts_at_first: bool,
}

impl Outline {
    /// How many comments are in it.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// The comment at a place.
    pub(crate) fn comment(&self, place: Place) -> &Comment {
        &self.entries[place].comment
    }

    /// Adds a comment that has nothing above it here, after those added before.
    pub(crate) fn add_top(&mut self, comment: Comment) -> Place {
        let place = self.add(comment);
        self.tops.push(place);
        place
    }

    /// Adds the next of a parent's first replies.
    pub(crate) fn add_reply(&mut self, parent: Place, comment: Comment) -> Place {
        let place = self.add(comment);
        self.entries[parent].replies.push(place);
        place
    }

    /// Adds a reply from somewhere in the middle: `more` of its parent then starts at the first.
    pub(crate) fn add_reply_from_within(&mut self, parent: Place, comment: Comment) -> Place {
        self.entries[parent].starts_at_first = false;
        self.add_reply(parent, comment)
    }

    fn add(&mut self, comment: Comment) -> Place {
        self.entries.push(Entry { comment, replies: Vec::new(), starts_at_first: true });
        self.entries.len() - 1
    }

    /// The comments depth-first, each with `more` where direct replies were left out.
    pub(crate) fn into_rows(self) -> Vec<Comment> {
        let mut order = Vec::with_capacity(self.entries.len());
        let mut ahead: Vec<Place> = self.tops.iter().rev().copied().collect();
        while let Some(place) = ahead.pop() {
            order.push(place);
            ahead.extend(self.entries[place].replies.iter().rev());
        }
        let mores: Vec<Option<More>> = self.entries.iter().map(|entry| self.more_of(entry)).collect();
        let mut rows: Vec<Option<Comment>> =
            self.entries.into_iter().zip(mores).map(|(entry, more)| Some(Comment { more, ..entry.comment })).collect();
        order.into_iter().filter_map(|place| rows[place].take()).collect()
    }

    fn more_of(&self, entry: &Entry) -> Option<More> {
        let shown = u32::try_from(entry.replies.len()).unwrap_or(u32::MAX);
        let left_out = entry.comment.reply_count.checked_sub(shown).filter(|count| *count > 0)?;
        let last = entry.replies.last().filter(|_| entry.starts_at_first);
        let cursor = Cursor {
            siblings: Siblings::Replies,
            owner: entry.comment.id.0,
            direction: Direction::Onward,
            comment_id: last.map_or(CommentId(0), |place| self.entries[*place].comment.id),
            reply_count: 0,
            shown: if entry.starts_at_first { shown } else { 0 },
        };
        Some(More { cursor: cursor.encode(), count: left_out })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_wire::Timestamp;

    fn comment(id: u64, reply_count: u32) -> Comment {
        Comment {
            id: CommentId(id),
            parent_id: None,
            depth: 0,
            answers_name: None,
            author: None,
            created_at: Timestamp(0),
            edited_at: None,
            body_html: String::new(),
            reply_count,
            more: None,
        }
    }

    #[test]
    fn rows_come_depth_first_whatever_the_order_of_gathering() {
        let mut outline = Outline::default();
        let (first, second) = (outline.add_top(comment(1, 1)), outline.add_top(comment(2, 1)));
        outline.add_reply(second, comment(4, 0));
        let reply = outline.add_reply(first, comment(3, 1));
        outline.add_reply(reply, comment(5, 0));
        let ids: Vec<u64> = outline.into_rows().iter().map(|row| row.id.0).collect();
        assert_eq!(ids, [1, 3, 5, 2, 4]);
    }

    #[test]
    fn replies_left_out_are_counted_and_go_on_after_the_last_one_here() {
        let mut outline = Outline::default();
        let top = outline.add_top(comment(1, 5));
        outline.add_reply(top, comment(2, 0));
        outline.add_reply(top, comment(3, 0));
        let more = outline.into_rows()[0].more.clone().expect("three are left out");
        let cursor = Cursor::decode(&more.cursor, Siblings::Replies, 1).expect("of this comment");
        assert_eq!((more.count, cursor.comment_id, cursor.shown), (3, CommentId(3), 2));
    }

    #[test]
    fn replies_from_within_leave_the_listing_at_its_beginning() {
        let mut outline = Outline::default();
        let top = outline.add_top(comment(1, 5));
        outline.add_reply_from_within(top, comment(3, 0));
        let more = outline.into_rows()[0].more.clone().expect("four are left out");
        let cursor = Cursor::decode(&more.cursor, Siblings::Replies, 1).expect("of this comment");
        assert_eq!((more.count, cursor.comment_id, cursor.shown), (4, CommentId(0), 0));
    }
}
