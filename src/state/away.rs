//! Rows put away: in a long thread those far from the screen are not drawn. A stretch of them is one segment that remembers their
//! height. What they show stays in the state.

use super::{Row, RowKey};

/// Threads with fewer rows than this are drawn whole.
pub const LONG_FROM_ROWS: usize = 100;
/// Most rows of a segment: what is drawn and taken away in one go.
pub const SEGMENT_ROWS: usize = 10;
/// Thousandths of a pixel that a row is taken for while none has been measured.
const ROW_MPX: u32 = 130_000;

/// What stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A row.
    Row(Row),
    /// The segment of that number in place of its rows.
    Segment(u32),
}

/// Neighbouring rows that are put away.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Names it; never given twice.
    pub number: u32,
    /// Its rows in reading order; at least one.
    pub keys: Vec<RowKey>,
    /// How high they were together, in thousandths of a pixel.
    pub height_mpx: u32,
}

/// What is put away, and what is drawn.
#[derive(Clone, Debug, Default)]
pub struct Away {
    /// In the order of their first rows' keys.
    segments: Vec<Segment>,
    /// The rows drawn. They are few.
    drawn: Vec<RowKey>,
    next_number: u32,
    is_on: bool,
    is_long: bool,
    is_to_look: bool,
}

impl Away {
    /// Begins to put rows away, or draws everything: where nothing tells that the reader scrolls, and on paper.
    pub fn turn(&mut self, is_on: bool) {
        self.is_on = is_on;
    }

    /// Notes that it is to be looked where the reader is. Returns whether nobody had asked for it before.
    pub fn look_once(&mut self) -> bool {
        self.is_on && !std::mem::replace(&mut self.is_to_look, true)
    }

    /// It is looked. Returns whether the thread is so long that rows are put away.
    pub fn look(&mut self) -> bool {
        self.is_to_look = false;
        self.is_long
    }

    /// A segment.
    #[must_use]
    pub fn segment(&self, number: u32) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.number == number)
    }

    /// What is to be drawn of these rows, all there are. Of many that come at once only the first are: the others are put away at
    /// a height that is guessed, until the reader comes near.
    pub fn list(&mut self, rows: &[Row]) -> Vec<Listed> {
        self.is_long = self.is_on && rows.len() >= LONG_FROM_ROWS;
        if !self.is_long {
            self.segments.clear();
        }
        let mut listed = Vec::with_capacity(rows.len().min(LONG_FROM_ROWS * 2));
        let mut new_left = SEGMENT_ROWS;
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            let is_new = self.is_long && self.is_new(row.key);
            if is_new && let Some((number, length)) = self.segment_at(&rows[at..], new_left == 0) {
                listed.push(Listed::Segment(number));
                at += length;
                continue;
            }
            new_left -= usize::from(is_new);
            listed.push(Listed::Row(*row));
            at += 1;
        }
        self.drawn = listed.iter().filter_map(Listed::key).collect();
        listed
    }

    /// Puts neighbouring rows away.
    pub fn put(&mut self, keys: Vec<RowKey>, height_mpx: u32) -> u32 {
        let number = self.next_number;
        self.next_number += 1;
        let first = keys.first().copied();
        self.drawn.retain(|key| !keys.contains(key));
        let at = self.segments.partition_point(|segment| segment.keys.first().copied() < first);
        if self.segments.get(at).is_some_and(|segment| segment.keys.first().copied() == first) {
            self.segments.remove(at);
        }
        self.segments.insert(at, Segment { number, keys, height_mpx });
        number
    }

    /// Draws the rows of a segment again.
    pub fn bring_back(&mut self, number: u32) {
        self.segments.retain(|segment| segment.number != number);
    }

    /// Draws a row again, wherever it was put. Returns whether it was.
    pub fn bring_back_row(&mut self, key: RowKey) -> bool {
        let count = self.segments.len();
        self.segments.retain(|segment| !segment.keys.contains(&key));
        self.segments.len() != count
    }

    /// Neither drawn before, nor one in which somebody may be typing.
    fn is_new(&self, key: RowKey) -> bool {
        matches!(key, RowKey::Comment(_) | RowKey::More(_)) && !self.drawn.contains(&key)
    }

    /// The segment with which these rows begin, and how many they are: one that is known, or else, where enough is drawn, another.
    fn segment_at(&mut self, rows: &[Row], is_enough: bool) -> Option<(u32, usize)> {
        let first = rows.first()?.key;
        let found = self.segments.binary_search_by(|segment| segment.keys.first().cmp(&Some(&first)));
        let known = found.ok().and_then(|at| self.segments.get(at));
        if let Some(segment) = known.filter(|segment| is_beginning(&segment.keys, rows)) {
            return Some((segment.number, segment.keys.len()));
        }
        if !is_enough {
            return None;
        }
        let begins_another = |row: &Row| {
            row.key != first && self.segments.binary_search_by(|segment| segment.keys.first().cmp(&Some(&row.key))).is_ok()
        };
        let keys = rows.iter().take(SEGMENT_ROWS).take_while(|row| self.is_new(row.key) && !begins_another(row));
        let keys: Vec<_> = keys.map(|row| row.key).collect();
        let length = keys.len();
        let row_mpx = self.row_mpx();
        Some((self.put(keys, row_mpx.saturating_mul(u32::try_from(length).unwrap_or(1))), length))
    }

    /// How high a row is, as far as is known.
    fn row_mpx(&self) -> u32 {
        let last = self.segments.last();
        let rows = last.and_then(|segment| u32::try_from(segment.keys.len()).ok()).filter(|rows| *rows > 0);
        last.zip(rows).map_or(ROW_MPX, |(segment, rows)| segment.height_mpx / rows)
    }
}

impl Listed {
    fn key(&self) -> Option<RowKey> {
        match self {
            Self::Row(row) => Some(row.key),
            Self::Segment(_) => None,
        }
    }
}

/// Whether the rows begin with those of the segment. Another version is no other row: it shows when it is drawn.
fn is_beginning(keys: &[RowKey], rows: &[Row]) -> bool {
    keys.len() <= rows.len() && keys.iter().zip(rows).all(|(key, row)| *key == row.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_wire::CommentId;

    fn rows(ids: impl Iterator<Item = u64>) -> Vec<Row> {
        ids.map(|id| Row { key: RowKey::Comment(CommentId(id)), version: 0, depth: 0 }).collect()
    }

    fn keys(ids: impl Iterator<Item = u64>) -> Vec<RowKey> {
        ids.map(|id| RowKey::Comment(CommentId(id))).collect()
    }

    /// A thread of 400 rows, all drawn.
    fn long() -> (Away, Vec<Row>) {
        let mut away = Away::default();
        away.turn(true);
        for drawn in (0..=400).step_by(SEGMENT_ROWS) {
            away.list(&rows(0..drawn));
        }
        (away, rows(0..400))
    }

    /// Ids of rows drawn, and `-` for each segment, with neighbours counted.
    fn outline(listed: &[Listed]) -> String {
        let names = listed.chunk_by(|one, other| matches!((one, other), (Listed::Row(_), Listed::Row(_)))).map(|run| match run {
            [Listed::Segment(_)] => "-".to_owned(),
            rows => format!("{}", rows.len()),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_short_thread_is_drawn_whole_however_it_comes() {
        let mut away = Away::default();
        away.turn(true);
        assert_eq!(outline(&away.list(&rows(0..99))), "99");
        assert!(!away.look());
    }

    #[test]
    fn on_paper_a_long_thread_is_whole() {
        let (mut away, rows) = long();
        away.put(keys(10..35), 1);
        away.turn(false);
        assert_eq!(outline(&away.list(&rows)), "400");
        away.turn(true);
        assert_eq!(outline(&away.list(&rows)), "400", "until it is looked at again");
    }

    #[test]
    fn what_is_put_away_is_one_segment_until_it_is_brought_back() {
        let (mut away, rows) = long();
        let number = away.put(keys(10..20), 2_000_000);
        assert_eq!(outline(&away.list(&rows)), "10 - 380");
        assert_eq!(away.segment(number).map(|segment| segment.height_mpx), Some(2_000_000));
        away.bring_back(number);
        assert_eq!(outline(&away.list(&rows)), "400");
    }

    #[test]
    fn a_row_that_is_wanted_comes_back_with_its_neighbours() {
        let (mut away, rows) = long();
        away.put(keys(10..20), 1);
        away.put(keys(20..30), 1);
        assert!(away.bring_back_row(RowKey::Comment(CommentId(25))));
        assert!(!away.bring_back_row(RowKey::Comment(CommentId(400))));
        assert_eq!(outline(&away.list(&rows)), "10 - 380");
    }

    #[test]
    fn of_two_thousand_rows_that_open_at_once_few_are_drawn() {
        let (mut away, before) = long();
        let mut opened = before.clone();
        opened.splice(200..200, rows(1_000..3_000));
        let listed = away.list(&opened);
        assert_eq!(outline(&listed[..200 + SEGMENT_ROWS]), (200 + SEGMENT_ROWS).to_string());
        assert_eq!(listed.len(), 400 + SEGMENT_ROWS + (2_000 - SEGMENT_ROWS) / SEGMENT_ROWS);
        assert_eq!(away.list(&opened), listed, "and so it stays");
        assert_eq!(outline(&away.list(&before)), "400");
        assert!(away.list(&opened).len() <= listed.len(), "the same ones are away when it opens again");
    }

    #[test]
    fn a_row_between_those_of_a_segment_brings_them_back() {
        let (mut away, mut rows) = long();
        away.put(keys(10..35), 1);
        away.list(&rows);
        rows.insert(20, Row { key: RowKey::Pending(1), version: 0, depth: 0 });
        let listed = away.list(&rows);
        assert!(listed.contains(&Listed::Row(rows[20])) && listed.contains(&Listed::Row(rows[12])));
        rows.remove(20);
        assert!(away.list(&rows).contains(&Listed::Row(rows[12])), "what is drawn is not put away by itself");
    }

    #[test]
    fn a_form_is_never_put_away() {
        let (mut away, mut rows) = long();
        rows.extend((1_000..1_100).map(|id| Row { key: RowKey::Edit(CommentId(id)), version: 0, depth: 0 }));
        assert_eq!(outline(&away.list(&rows)), "500");
    }

    #[test]
    fn a_changed_row_stays_away() {
        let (mut away, mut rows) = long();
        away.put(keys(10..35), 1);
        rows[12].version = 1;
        assert_eq!(outline(&away.list(&rows)), "10 - 365");
    }
}
