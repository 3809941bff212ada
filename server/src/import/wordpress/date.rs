//! When a comment was written, as far as the export knows.

use afterword_wire::Timestamp;

/// From here on a date is a mistake: a comment of the year 9999 would stand last in its thread for ever.
const NO_LATER_THAN: Timestamp = Timestamp(4_102_444_800_000); // 2100-01-01

/// The first of some `YYYY-MM-DD hh:mm:ss` that can be believed; the beginning of 1970 when none can. The present is not asked,
/// so that a second import finds the same.
pub(super) fn first_believable(dates: [&str; 3]) -> Timestamp {
    dates.into_iter().find_map(read).unwrap_or(Timestamp(0))
}

fn read(text: &str) -> Option<Timestamp> {
    let (day, time) = text.trim().split_once(' ')?;
    let date: Timestamp = format!("{day}T{}Z", time.trim()).parse().ok()?;
    (date.0 > 0 && date < NO_LATER_THAN).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_date_that_can_be_believed_counts() {
        let known = "2014-01-14 17:32:12".to_owned();
        for doubtful in ["", "0000-00-00 00:00:00", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "soon", "2014-02-30 00:00:00"] {
            assert_eq!(first_believable([doubtful, &known, ""]).to_string(), "2014-01-14T17:32:12.000Z", "{doubtful}");
        }
        assert_eq!(first_believable(["", "", ""]), Timestamp(0));
    }
}
