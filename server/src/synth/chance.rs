//! Numbers that look drawn at random and are the same in every run (Vigna's SplitMix64).

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A source of numbers that follow from where it began.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The numbers of one thing among many that share a seed.
    pub(super) fn of(seed: u64, number: u64) -> Self {
        Self(mix(seed ^ mix(number.wrapping_add(STEP))))
    }

    /// A seed for what is named by a text.
    pub(super) fn seed_of(seed: u64, name: &str) -> u64 {
        name.bytes().fold(mix(seed), |seed, byte| mix(seed ^ u64::from(byte)))
    }

    /// 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 to below `limit`; 0 where there is no such number.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.bits().checked_rem(limit).unwrap_or(0)
    }

    /// The same, small ones more often: half of all are in the first fifth.
    pub(super) fn low(&mut self, limit: u64) -> u64 {
        let most = self.below(limit) + 1;
        self.below(most)
    }

    /// Whether what happens once in so many times happens now.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(super) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.low(words.len() as u64)).unwrap_or(0);
        words.get(at).copied().unwrap_or_default()
    }
}

fn mix(bits: u64) -> u64 {
    let bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_beginning_gives_the_same_numbers_and_another_gives_others() {
        let drawn = |seed, number| Chance::of(seed, number).bits();
        assert_eq!(drawn(1, 2), drawn(1, 2));
        assert!(drawn(1, 2) != drawn(1, 3) && drawn(1, 2) != drawn(2, 2));
        assert_ne!(Chance::seed_of(1, "/a"), Chance::seed_of(1, "/b"));
    }

    #[test]
    fn numbers_stay_below_their_limit() {
        let mut chance = Chance::of(7, 7);
        assert!((0..1000).all(|_| chance.below(3) < 3 && chance.low(10) < 10));
        assert_eq!((chance.below(0), chance.below(1)), (0, 0));
    }
}
