//! Every visible string, in every language.

/// A language the thread can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Arabic, right to left.
    Ar,
}

impl Lang {
    /// The language that best fits a BCP 47 tag (`ar-EG` is Arabic); English where none fits.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag.get(..2) {
            Some(start) if start.eq_ignore_ascii_case("ar") => Lang::Ar,
            _ => Lang::En,
        }
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ar => "ar",
        }
    }
}
