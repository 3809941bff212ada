//! Who answers whom.

use super::chance::Chance;
use afterword_wire::limits::MAX_DEPTH;

/// How a thread is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// Root comments only.
    Wide,
    /// Chains down to the greatest depth, each comment answering the one before.
    Deep,
    /// One root comment that half of all others answer directly.
    Hot,
    /// As people quarrel under an article.
    Real,
}

/// A chain from a root comment to the greatest depth.
const CHAIN: u64 = MAX_DEPTH as u64 + 1;
/// How far back people look for what they answer.
const RECENT: u64 = 40;
/// Every so many comments one is talked about for long.
const STRIKING: u64 = 500;

impl Shape {
    /// The number of the comment that the one of that number answers; `None` for a root comment. Always a smaller number.
    pub(super) fn parent_of(self, number: u64, chance: &mut Chance) -> Option<u64> {
        match self {
            Self::Wide => None,
            Self::Deep => (!number.is_multiple_of(CHAIN)).then(|| number - 1),
            Self::Hot => hot(number),
            Self::Real => real(number, chance),
        }
    }
}

/// Of each four comments two answer the first of all, one answers such an answer, and one is a root comment.
fn hot(number: u64) -> Option<u64> {
    match number % 4 {
        1 | 3 => Some(0),
        0 => number.checked_sub(1),
        _ => None,
    }
}

/// From the one thread under a news article that was measured for this: 17 comments, 5 of them root comments, the others 3, 4, 4
/// and 1 at the depths 1 to 4; seven with one reply, one with two, one with three. So a comment is a root three times in ten, and
/// otherwise answers one of the latest, mostly. What one thread of 17 cannot show is from the nature of long ones: now and then
/// something said long ago is answered.
fn real(number: u64, chance: &mut Chance) -> Option<u64> {
    if number == 0 || chance.below(10) < 3 {
        return None;
    }
    if chance.once_in(12) {
        return Some((number - 1) / STRIKING * STRIKING);
    }
    let back = 1 + chance.low(RECENT.min(number));
    Some(number - back)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parents and depths of the first comments of a shape.
    fn grown(shape: Shape, count: usize) -> (Vec<Option<usize>>, Vec<usize>) {
        let mut depths: Vec<usize> = Vec::new();
        let mut parents = Vec::new();
        for number in 0..count {
            let parent = shape.parent_of(number as u64, &mut Chance::of(1, number as u64)).map(|parent| parent as usize);
            assert!(parent.is_none_or(|parent| parent < number), "{shape:?}: {number} answers {parent:?}");
            depths.push(parent.map_or(0, |parent| depths[parent] + 1));
            parents.push(parent);
        }
        (parents, depths)
    }

    #[test]
    fn chains_reach_the_greatest_depth_and_no_further() {
        let (_, depths) = grown(Shape::Deep, 500);
        assert_eq!(depths.iter().max(), Some(&usize::from(MAX_DEPTH)));
        assert_eq!(depths.iter().filter(|depth| **depth == 0).count(), 5);
    }

    #[test]
    fn half_of_a_hot_thread_answers_its_first_comment() {
        let (parents, depths) = grown(Shape::Hot, 1000);
        assert_eq!(parents.iter().filter(|parent| **parent == Some(0)).count(), 500);
        assert_eq!(depths.iter().max(), Some(&2));
    }

    #[test]
    fn a_real_thread_has_the_measured_share_of_roots_and_depths() {
        let (parents, depths) = grown(Shape::Real, 10_000);
        let roots = parents.iter().filter(|parent| parent.is_none()).count();
        assert!((2_700..3_300).contains(&roots), "{roots} roots");
        let deep = depths.iter().filter(|depth| **depth > 4).count();
        assert!((500..2_500).contains(&deep), "{deep} deeper than four");
        assert!(depths.iter().all(|depth| *depth < usize::from(MAX_DEPTH)));
    }

    #[test]
    fn nobody_answers_in_a_wide_thread() {
        assert!(grown(Shape::Wide, 100).0.iter().all(Option::is_none));
    }
}
