//! What was acknowledged, and when.

use afterword_wire::CommentId;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One comment that the server has promised to keep.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledged {
    /// Tells the comment from all others.
    pub number: u64,
    /// Which id the server gave it.
    pub comment_id: CommentId,
    /// When it was sent for the first time.
    pub sent_at: Instant,
    /// When the answer was there.
    pub at: Instant,
}

/// All of them, in the order of their answers.
#[derive(Debug, Default)]
pub struct Acknowledgements(Mutex<Vec<Acknowledged>>);

impl Acknowledgements {
    /// Notes one.
    pub fn note(&self, acknowledged: Acknowledged) {
        self.lock().push(acknowledged);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    /// What there is so far.
    pub fn so_far(&self) -> Vec<Acknowledged> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Acknowledged>> {
        // Whoever panicked while noting one has noted it or not; the others' are as they were.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The longest time between two moments in which nothing was acknowledged.
pub fn longest_gap(all: &[Acknowledged], from: Instant, until: Instant) -> Duration {
    let mut moments: Vec<Instant> = all.iter().map(|it| it.at).filter(|at| (from..until).contains(at)).collect();
    moments.extend([from, until]);
    moments.sort_unstable();
    moments.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
}

/// How long the comment waited that waited longest, of those answered between two moments.
pub fn longest_wait(all: &[Acknowledged], from: Instant, until: Instant) -> Duration {
    let answered = all.iter().filter(|it| (from..until).contains(&it.at));
    answered.map(|it| it.at - it.sent_at).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(begun: Instant, count: u64) -> Instant {
        begun + Duration::from_secs(count)
    }

    fn answered(begun: Instant, sent: u64, at: u64) -> Acknowledged {
        Acknowledged { number: at, comment_id: CommentId(at), sent_at: second(begun, sent), at: second(begun, at) }
    }

    #[test]
    fn a_gap_reaches_from_one_answer_to_the_next_whatever_their_order() {
        let begun = Instant::now();
        let all = [answered(begun, 0, 9), answered(begun, 0, 1), answered(begun, 0, 4)];
        assert_eq!(longest_gap(&all, begun, second(begun, 10)), Duration::from_secs(5));
    }

    #[test]
    fn silence_at_either_end_is_a_gap_too() {
        let begun = Instant::now();
        let all = [answered(begun, 0, 6), answered(begun, 6, 7)];
        assert_eq!(longest_gap(&all, begun, second(begun, 8)), Duration::from_secs(6));
        assert_eq!(longest_gap(&[], begun, second(begun, 8)), Duration::from_secs(8));
    }

    #[test]
    fn only_what_is_answered_in_between_has_waited() {
        let begun = Instant::now();
        let all = [answered(begun, 0, 2), answered(begun, 1, 4), answered(begun, 0, 9)];
        assert_eq!(longest_wait(&all, begun, second(begun, 5)), Duration::from_secs(3));
    }
}
