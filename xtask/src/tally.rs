//! Counting what test programs say of themselves.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Held.
    pub passed: u64,
    /// Did not hold, or could not be run.
    pub failed: u64,
}

impl Tally {
    /// One thing that failed without saying how many tests that are: a build, a crash.
    pub const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// What a line of output reports: `test result: ok. 3 passed; 0 failed; …`, as both cargo and wasm-bindgen write it.
    pub fn of_line(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?;
        let count = |word: &str| {
            let (before, _) = counts.split_once(word)?;
            before.rsplit([' ', ';', '.']).find(|part| !part.is_empty())?.parse().ok()
        };
        Some(Self { passed: count(" passed")?, failed: count(" failed")? })
    }

    /// Whether no test ran at all.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_a_test_program_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 3 }));
    }

    #[test]
    fn the_closing_line_of_a_browser_suite_is_counted() {
        let line = "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.21s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 7, failed: 0 }));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["test a ... ok", "running 3 tests", "3 passed; 0 failed", ""] {
            assert_eq!(Tally::of_line(line), None, "{line}");
        }
    }
}
