//! The middle of several measurements: one slow round on a busy machine says nothing.

/// Rounds of each measurement.
pub const ROUNDS: usize = 5;

/// The middle value; the upper one of two. 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_round_does_not_move_the_median() {
        assert_eq!(median(vec![3.0, 900.0, 1.0, 2.0, 2.5]), 2.5);
    }
}
