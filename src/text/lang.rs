//! The languages of the strings.

/// A language the thread can speak: one of the files in `locales/`, or in the browser the one the server chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lang(pub(super) &'static str);

impl Lang {
    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) mod on_server {
    use super::Lang;
    use crate::text::Strings;
    use crate::text::locale::{self, Locale};

    /// Written from right to left, among them languages that somebody may add.
    const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// Where Chinese is written with traditional characters, if the tag does not say how it is written.
    const TRADITIONAL: [&str; 3] = ["tw", "hk", "mo"];

    impl Default for Lang {
        fn default() -> Self {
            Lang("en")
        }
    }

    impl Lang {
        /// Every language, in the order of the tags; the pseudo-locale `en-XA` is not among them.
        pub fn all() -> impl Iterator<Item = Lang> {
            Locale::all().filter(|locale| !locale.is_pseudo()).map(|locale| Lang(locale.tag))
        }

        /// The language that best fits a BCP 47 tag (`ar-EG` is Arabic); English where none fits.
        ///
        /// Portuguese of any country is Brazilian. Chinese is simplified unless the tag says `Hant` or names a place that
        /// writes traditional characters: that is English, since CLDR too lets `zh-Hant` inherit nothing from `zh`.
        #[must_use]
        pub fn from_tag(tag: &str) -> Self {
            let tag = tag.to_ascii_lowercase().replace('_', "-");
            let subtags: Vec<&str> = tag.split('-').collect();
            let stem = match subtags[0] {
                "iw" => "he",
                "pt" => "pt-BR",
                "zh" if is_traditional(&subtags) => "zh-Hant",
                "zh" => "zh-Hans",
                primary => primary,
            };
            locale::by_tag(&tag).or_else(|| locale::by_tag(stem)).map_or_else(Self::default, |locale| Lang(locale.tag))
        }

        /// Its direction, as `dir` takes it.
        #[must_use]
        pub fn dir(self) -> &'static str {
            let primary = self.0.split('-').next().unwrap_or_default();
            if RIGHT_TO_LEFT.contains(&primary) { "rtl" } else { "ltr" }
        }

        /// Its strings.
        #[must_use]
        pub fn strings(self) -> &'static Strings {
            locale::strings_of(self)
        }

        /// What the widget needs of them, to travel beside the painted thread.
        #[must_use]
        pub fn messages(self) -> &'static Locale {
            locale::of(self)
        }
    }

    fn is_traditional(subtags: &[&str]) -> bool {
        let is_said = |script| subtags.contains(&script);
        is_said("hant") || (!is_said("hans") && subtags.iter().any(|subtag| TRADITIONAL.contains(subtag)))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_tag_finds_its_language_whatever_its_region_and_case() {
            for (wanted, tags) in [
                ("ar", &["ar", "ar-EG", "AR_eg", "Ar"][..]),
                ("en", &["en", "en-GB", "", "arn", "ä", "tlh", "-", "en-XB"]),
                ("he", &["he", "he-IL", "iw", "iw-IL"]),
                ("pt-BR", &["pt", "pt-PT", "pt-BR", "pt_br"]),
                ("zh-Hans", &["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-HK", "zh_hans_cn"]),
                ("en", &["zh-TW", "zh-Hant", "zh-Hant-CN", "zh-HK", "zh-MO"]),
                ("en-XA", &["en-XA", "en-xa"]),
            ] {
                for tag in tags {
                    assert_eq!(Lang::from_tag(tag).tag(), wanted, "{tag}");
                }
            }
        }

        #[test]
        fn arabic_and_hebrew_run_from_right_to_left() {
            let right_to_left: Vec<_> = Lang::all().filter(|lang| lang.dir() == "rtl").map(Lang::tag).collect();
            assert_eq!(right_to_left, ["ar", "he"]);
        }
    }
}
