//! When the reader was here last, and what is new since.

use super::{Node, RowKey, ThreadState};
use afterword_wire::{CommentId, Timestamp};

/// How long a reader may be away and still be on the same visit: a reload, a look at another page.
const AWAY_MS: i64 = 30 * 60_000;
/// What was written so long ago was there, loaded or not, unless the device's clock is wrong by as much. What was written since, the
/// log of changes tells: it reaches back a day.
const SURELY_THERE_MS: i64 = 12 * 3_600_000;
/// How many pages' visits are kept for a site.
const MAX_PAGES: usize = 200;
/// Characters of an id as text.
const ID_CHARS: usize = 13;

/// A reader's visits to one thread, as the device keeps them. Ids rise with time, so that what a reader has seen is one id, and a time
/// is the first id of that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The last comment that was there before this visit began; 0 on the first one.
    before: CommentId,
    /// The last that is there by now.
    until: CommentId,
    /// When the thread was last on screen, by the device's clock.
    at: CommentId,
}

impl Visit {
    /// The visit that this moment belongs to: the one that was kept, or the next one if that is over.
    #[must_use]
    pub fn go_on(kept: Option<Self>, now_ms: i64, until: CommentId) -> Self {
        let at = CommentId::first_of(Timestamp(now_ms));
        let Some(kept) = kept else { return Self { before: CommentId(0), until, at } };
        let away = CommentId::first_of(Timestamp(now_ms - AWAY_MS))..CommentId::first_of(Timestamp(now_ms + AWAY_MS));
        let before = if away.contains(&kept.at) { kept.before } else { kept.until };
        Self { before, until: until.max(kept.until), at }
    }

    /// The last comment that was there before this visit began; `None` on the first one.
    #[must_use]
    pub fn before(&self) -> Option<CommentId> {
        Some(self.before).filter(|before| *before != CommentId(0))
    }

    /// As it is kept: a line of three ids and the page's key.
    #[must_use]
    pub fn to_text(self, page_key: &str) -> String {
        [&*self.before.to_string(), &self.until.to_string(), &self.at.to_string(), page_key, "\n"].concat()
    }

    /// Looks for a page's visit among those of a site, which stand one below the other, the last one first. Returns with it the others,
    /// so that the text of it and of them is what is to be kept; those beyond the number kept are forgotten.
    #[must_use]
    pub fn find(mut visits: &str, page_key: &str) -> (Option<Self>, String) {
        let (mut found, mut others, mut count) = (None, String::new(), 1);
        while let Some((line, rest)) = visits.split_once("\n") {
            visits = rest;
            if line.get(3 * ID_CHARS..) == Some(page_key) {
                found = Self::from_text(line);
            } else if count < MAX_PAGES {
                count += 1;
                others.push_str(line);
                others.push('\n');
            }
        }
        (found, others)
    }

    /// `None` for what this version cannot read.
    fn from_text(line: &str) -> Option<Self> {
        let id = |at: usize| line.get(at * ID_CHARS..(at + 1) * ID_CHARS)?.parse().ok();
        Some(Self { before: id(0)?, until: id(1)?, at: id(2)? })
    }
}

impl ThreadState {
    /// The greatest id of a comment that is known to be there, loaded or not.
    #[must_use]
    pub fn newest_known(&self, now_ms: i64) -> CommentId {
        let surely = CommentId::first_of(Timestamp(now_ms - SURELY_THERE_MS));
        let waiting = self.waiting.iter().map(|written| &written.comment.id);
        self.nodes.keys().chain(waiting).fold(surely, |newest, id| newest.max(*id))
    }

    /// Whether a loaded comment is new since the last visit: others wrote it, and it was not told live.
    #[must_use]
    pub fn is_new(&self, node: &Node) -> bool {
        let comment = &node.comment;
        let came_since = self.seen.is_some_and(|seen| comment.id > seen);
        came_since && !node.look.is_told_live && !comment.is_deleted() && !self.is_own(comment)
    }

    /// How many loaded comments are new.
    #[must_use]
    pub fn new_count(&self) -> u32 {
        self.nodes.iter().fold(0, |count, (_, node)| count + u32::from(self.is_new(node)))
    }

    /// Goes to the next new comment from one, opening what is folded above it: down in reading order, then what is folded away, then
    /// from the top again. Without a comment to start from it starts where the last step led.
    pub fn step_to_new(&mut self, from: Option<CommentId>) -> Option<CommentId> {
        let mut ids = Vec::new();
        for row in self.rows() {
            if let RowKey::Comment(id) = row.key {
                ids.push(id);
            }
        }
        let is_new = |id: &CommentId| self.nodes.get(id).is_some_and(|node| self.is_new(node));
        for id in self.nodes.keys() {
            if is_new(id) && !ids.contains(id) {
                ids.push(*id);
            }
        }
        let from = from.or(self.stepped_to);
        let passed = ids.iter().position(|id| Some(*id) == from).map_or(0, |at| at + 1);
        let next = (0..ids.len()).map(|step| ids[(passed + step) % ids.len()]).find(is_new)?;
        self.stepped_to = Some(next);
        self.stepped_to.into_iter().for_each(|id| self.reveal(id));
        self.stepped_to
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{outline, slice, state_of};
    use super::*;
    use afterword_wire::{AuthorId, More, Sort, ThreadSlice, Written};

    const MINUTE_MS: i64 = 60_000;
    const NOW_MS: i64 = 1_800_000_000_000;

    fn new_of(state: &ThreadState) -> Vec<u64> {
        state.nodes.iter().filter(|(_, node)| state.is_new(node)).map(|(id, _)| id.0).collect()
    }

    fn seen(comments: &[(u64, Option<u64>)], before: u64) -> ThreadState {
        let mut state = state_of(comments);
        state.seen = Some(CommentId(before));
        state
    }

    #[test]
    fn a_first_visit_marks_nothing_and_the_next_one_what_came_since() {
        let first = Visit::go_on(None, NOW_MS, CommentId(5));
        assert_eq!(first.before(), None);
        let later = Visit::go_on(Some(first), NOW_MS + 40 * MINUTE_MS, CommentId(9));
        assert_eq!(later.before(), Some(CommentId(5)));
        let third = Visit::go_on(Some(later), NOW_MS + 90 * MINUTE_MS, CommentId(9));
        assert_eq!(third.before(), Some(CommentId(9)));
    }

    #[test]
    fn a_visit_goes_on_across_reloads_and_ends_half_an_hour_after_the_thread_was_last_on_screen() {
        let mut visit = Visit::go_on(None, NOW_MS, CommentId(5));
        visit = Visit::go_on(Some(visit), NOW_MS + 40 * MINUTE_MS, CommentId(9));
        for minutes in [60, 80, 100] {
            visit = Visit::go_on(Some(visit), NOW_MS + minutes * MINUTE_MS, CommentId(9));
            assert_eq!(visit.before(), Some(CommentId(5)), "after {minutes} minutes");
        }
        visit = Visit::go_on(Some(visit), NOW_MS + 131 * MINUTE_MS, CommentId(12));
        assert_eq!(visit.before(), Some(CommentId(9)));
    }

    #[test]
    fn a_clock_that_was_set_back_begins_a_visit_and_unsees_nothing() {
        let visit = Visit::go_on(None, NOW_MS, CommentId(5));
        let visit = Visit::go_on(Some(visit), NOW_MS - 60 * MINUTE_MS, CommentId(3));
        assert_eq!((visit.before, visit.until), (CommentId(5), CommentId(5)));
    }

    #[test]
    fn a_visit_is_found_among_others_as_it_was_kept() {
        let first = Visit::go_on(None, NOW_MS, CommentId(5));
        let second = Visit::go_on(Some(first), NOW_MS + 40 * MINUTE_MS, CommentId(9));
        let kept = [first.to_text("/a"), second.to_text("/b"), first.to_text("/a/b")].concat();
        assert_eq!(Visit::find(&kept, "/b"), (Some(second), [first.to_text("/a"), first.to_text("/a/b")].concat()));
        assert_eq!(Visit::find(&kept, "/c"), (None, kept.clone()));
    }

    #[test]
    fn what_is_no_visit_is_none() {
        for text in
            ["", "\n", "5/b\n", "0000000000005/b\n", "000000000000500000000000090000000000u0a/b\n", "ééééééééééééééééééééé/b\n"]
        {
            assert_eq!(Visit::find(text, "/b").0, None, "{text:?}");
        }
    }

    #[test]
    fn of_many_pages_those_visited_last_are_kept() {
        let visit = Visit::go_on(None, NOW_MS, CommentId(5));
        let mut kept = String::new();
        for page in 0..MAX_PAGES + 50 {
            let page_key = format!("/{page}");
            kept = [visit.to_text(&page_key), Visit::find(&kept, &page_key).1].concat();
        }
        assert_eq!(kept.lines().count(), MAX_PAGES);
        assert!(Visit::find(&kept, "/50").0.is_some() && Visit::find(&kept, "/49").0.is_none());
    }

    #[test]
    fn what_is_not_loaded_has_been_there_too() {
        let mut state = state_of(&[(1, None), (2, None)]);
        let half_a_day_ago = CommentId::first_of(Timestamp(NOW_MS - SURELY_THERE_MS));
        assert_eq!(state.newest_known(NOW_MS), half_a_day_ago, "whatever is that old");
        let (waiting, loaded) = (half_a_day_ago.0 + 50, half_a_day_ago.0 + 60);
        let comment = slice(&[(waiting, None)]).comments.remove(0);
        state.take_live(Written { comment, author_id: AuthorId(2), comment_count: 4, is_listed: true });
        assert_eq!(state.newest_known(NOW_MS), CommentId(waiting), "told live");
        state.merge_slice(slice(&[(loaded, None)]), None);
        assert_eq!(state.newest_known(NOW_MS), CommentId(loaded));
    }

    #[test]
    fn new_is_what_came_after_the_last_visit_and_is_not_ones_own() {
        let mut state = state_of(&[(1, None), (2, Some(1)), (3, None), (4, Some(1)), (5, None)]);
        state.viewer.author_id = Some(AuthorId(4 % 3));
        state.seen = Some(CommentId(2));
        assert_eq!((new_of(&state), state.new_count()), (vec![3, 5], 2));
        state.seen = None;
        assert_eq!(state.new_count(), 0, "a first visit");
    }

    #[test]
    fn marks_stay_in_another_order_and_come_with_further_slices() {
        let mut first = slice(&[(1, None), (4, None)]);
        first.more = Some(More { cursor: "c".to_owned(), count: 2 });
        let mut state = ThreadState::from_slice(first);
        state.seen = Some(CommentId(3));
        state.merge_slice(slice(&[(2, None), (5, Some(2))]), None);
        assert_eq!(new_of(&state), [4, 5]);
        state.restart(ThreadSlice { sort: Sort::Newest, ..slice(&[(4, None), (2, None), (5, Some(2)), (1, None)]) });
        assert_eq!(new_of(&state), [4, 5]);
    }

    #[test]
    fn what_comes_while_one_reads_is_not_new_since_the_last_visit() {
        let mut state = seen(&[(1, None), (3, None)], 2);
        let comment = slice(&[(7, None)]).comments.remove(0);
        state.take_live(Written { comment, author_id: AuthorId(1), comment_count: 3, is_listed: true });
        state.show_waiting(None);
        assert_eq!(new_of(&state), [3]);
        state.restart(slice(&[(1, None), (3, None), (7, None)]));
        assert_eq!(new_of(&state), [3], "nor after another sort");
    }

    #[test]
    fn a_new_comment_that_is_withdrawn_is_new_no_more() {
        let mut state = seen(&[(1, None), (3, None)], 2);
        let mut comment = slice(&[(3, None)]).comments.remove(0);
        comment.author = None;
        state.take_live(Written { comment, author_id: AuthorId(0), comment_count: 1, is_listed: false });
        assert_eq!((new_of(&state), state.step_to_new(None)), (vec![], None));
    }

    #[test]
    fn steps_go_down_in_reading_order_and_begin_again_at_the_end() {
        let mut state = seen(&[(1, None), (6, Some(1)), (2, None), (5, Some(2)), (4, None)], 3);
        let steps: Vec<_> = (0..4).filter_map(|_| state.step_to_new(None)).map(|id| id.0).collect();
        assert_eq!(steps, [6, 5, 4, 6]);
        assert_eq!(state.step_to_new(Some(CommentId(2))), Some(CommentId(5)), "from where focus is");
    }

    #[test]
    fn a_step_opens_what_is_folded_once_nothing_new_is_left_below() {
        let mut state = seen(&[(1, None), (2, Some(1)), (6, Some(2)), (5, None)], 3);
        state.update_look(CommentId(1), |look| look.is_collapsed = true);
        assert_eq!(state.step_to_new(None), Some(CommentId(5)));
        assert_eq!(outline(&state), ["1", "5"]);
        assert_eq!(state.step_to_new(Some(CommentId(5))), Some(CommentId(6)));
        assert_eq!(outline(&state), ["1", " 2", "  6", "5"]);
    }
}
