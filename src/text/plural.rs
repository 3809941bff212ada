//! Texts that change with a number, by the plural categories of Unicode CLDR.

/// The six categories of CLDR; a language uses some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PluralCategory {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`, the only one every language has.
    Other,
}

/// One text for each category; `{}` stands for the number.
#[derive(Clone, Copy, Debug)]
pub struct Plurals {
    /// For [`PluralCategory::Zero`]; `None`: as other.
    pub zero: Option<&'static str>,
    /// For [`PluralCategory::One`]; `None`: as other.
    pub one: Option<&'static str>,
    /// For [`PluralCategory::Two`]; `None`: as other.
    pub two: Option<&'static str>,
    /// For [`PluralCategory::Few`]; `None`: as other.
    pub few: Option<&'static str>,
    /// For [`PluralCategory::Many`]; `None`: as other.
    pub many: Option<&'static str>,
    /// For all the rest.
    pub other: &'static str,
}

impl Plurals {
    /// The text for a category.
    #[must_use]
    pub fn of(&self, category: PluralCategory) -> &'static str {
        match category {
            PluralCategory::Zero => self.zero,
            PluralCategory::One => self.one,
            PluralCategory::Two => self.two,
            PluralCategory::Few => self.few,
            PluralCategory::Many => self.many,
            PluralCategory::Other => None,
        }
        .unwrap_or(self.other)
    }

    /// A text for one and a text for all others, as in English.
    #[must_use]
    pub const fn two_forms(one: &'static str, other: &'static str) -> Self {
        Self { zero: None, one: Some(one), two: None, few: None, many: None, other }
    }
}
