//! The plural rules of the languages we have, for whole numbers: what the build holds message files against, and what the
//! server counts by, where there is no `Intl`. `tests/numbers.rs` holds them against the browser's.

use super::PluralCategory::{self, Few, Many, One, Other, Two, Zero};

/// How a language counts.
#[derive(Clone, Copy, Debug)]
pub struct PluralRule {
    /// The primary subtags of the languages that count so.
    pub languages: &'static [&'static str],
    /// Every category it has in CLDR, those included that whole numbers never meet.
    pub categories: &'static [PluralCategory],
    /// The category of a whole number.
    pub category: fn(u32) -> PluralCategory,
}

/// From CLDR 48, `supplemental/plurals.xml`, cardinal.
pub const PLURAL_RULES: [PluralRule; 8] = [
    PluralRule { languages: &["ja", "zh"], categories: &[Other], category: |_| Other },
    PluralRule { languages: &["de", "en", "tr"], categories: &[One, Other], category: |n| if n == 1 { One } else { Other } },
    PluralRule { languages: &["hi"], categories: &[One, Other], category: |n| if n <= 1 { One } else { Other } },
    PluralRule { languages: &["es"], categories: &[One, Many, Other], category: |n| if n == 1 { One } else { millions(n) } },
    PluralRule {
        languages: &["fr", "pt"],
        categories: &[One, Many, Other],
        category: |n| if n <= 1 { One } else { millions(n) },
    },
    PluralRule { languages: &["he"], categories: &[One, Two, Other], category: hebrew },
    PluralRule { languages: &["ru"], categories: &[One, Few, Many, Other], category: russian },
    PluralRule { languages: &["ar"], categories: &PluralCategory::ALL, category: arabic },
];

/// The rule of a language, by its tag; `None` for a language that nobody has added here.
#[must_use]
pub fn plural_rule(tag: &str) -> Option<&'static PluralRule> {
    let primary = tag.split('-').next().unwrap_or_default();
    PLURAL_RULES.iter().find(|rule| rule.languages.contains(&primary))
}

/// Whole millions are counted with a preposition in Romance languages: "un million de commentaires".
fn millions(n: u32) -> PluralCategory {
    if n > 0 && n.is_multiple_of(1_000_000) { Many } else { Other }
}

fn hebrew(n: u32) -> PluralCategory {
    match n {
        1 => One,
        2 => Two,
        _ => Other,
    }
}

fn russian(n: u32) -> PluralCategory {
    match (n % 10, n % 100) {
        (1, tens) if tens != 11 => One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Few,
        _ => Many,
    }
}

fn arabic(n: u32) -> PluralCategory {
    match (n, n % 100) {
        (0, _) => Zero,
        (1, _) => One,
        (2, _) => Two,
        (_, 3..=10) => Few,
        (_, 11..) => Many,
        _ => Other,
    }
}
