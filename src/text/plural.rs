//! Texts that change with a number.

use super::PluralCategory;

/// One text for each plural category; `{{count}}` stands for the number.
#[derive(Clone, Copy, Debug)]
pub struct Plurals([&'static str; 6]);

impl Plurals {
    /// The text for a category.
    #[must_use]
    pub fn of(&self, category: PluralCategory) -> &'static str {
        self.0[category as usize]
    }

    /// Looks up the texts of a key: `key_one`, `key_other` and so on. Categories that the language lacks are as `other`.
    pub(super) fn find(key: &'static str, find: &mut dyn FnMut(&str) -> Option<&'static str>) -> Self {
        let mut text = |category: PluralCategory| find(&[key, "_", category.name()].concat());
        let other = text(PluralCategory::Other).unwrap_or(key);
        Self(PluralCategory::ALL.map(|category| text(category).unwrap_or(other)))
    }
}
