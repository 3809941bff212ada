//! All languages, as the server holds them.

use super::{Lang, Strings};
use serde::{Serialize, Serializer};
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Keys that begin so are said only by a document of its own, and not sent to the widget.
const DOCUMENT_PREFIX: &str = "document_";

/// One language: its file in `locales/`, checked by the build.
#[derive(Debug)]
pub struct Locale {
    /// Its BCP 47 tag.
    pub tag: &'static str,
    /// Its texts by key, as they stand in the file.
    texts: &'static [(&'static str, &'static str)],
}

static STRINGS: LazyLock<Vec<Strings>> = LazyLock::new(|| LOCALES.iter().map(Locale::strings).collect());

impl Locale {
    /// All that there are, the pseudo-locale included.
    pub(super) fn all() -> impl Iterator<Item = &'static Self> {
        LOCALES.iter()
    }

    /// Whether it is English in disguise, with which tests see whether anything is cut.
    pub(super) fn is_pseudo(&self) -> bool {
        self.tag == "en-XA"
    }

    fn strings(&self) -> Strings {
        Strings::find(Lang(self.tag), &mut |key| self.text(key))
    }

    fn text(&self, key: &str) -> Option<&'static str> {
        self.texts.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
    }
}

/// The language with that tag, in whatever case.
pub(super) fn by_tag(tag: &str) -> Option<&'static Locale> {
    LOCALES.iter().find(|locale| locale.tag.eq_ignore_ascii_case(tag))
}

pub(super) fn of(lang: Lang) -> &'static Locale {
    // Every `Lang` on the server is one of them.
    by_tag(lang.tag()).unwrap_or(&LOCALES[0])
}

pub(super) fn strings_of(lang: Lang) -> &'static Strings {
    STRINGS.iter().find(|strings| strings.lang == lang).unwrap_or(&STRINGS[0])
}

/// As the island carries it: an object of those messages that the widget and `embed.js` say, by key.
impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.texts.iter().filter(|(key, _)| !key.starts_with(DOCUMENT_PREFIX)).copied())
    }
}
