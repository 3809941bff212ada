//! The one language that the server sends with the painted thread.

use super::{Lang, Strings};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::cell::RefCell;
use std::fmt;

thread_local! {
    /// What was learned so far: a handful of languages at most, kept for good because every thread points into them.
    static LEARNED: RefCell<Vec<&'static Strings>> = const { RefCell::new(Vec::new()) };
}

/// Texts by key, as they stand in the island.
#[derive(Debug, Default)]
pub struct Messages(Vec<(String, String)>);

impl Messages {
    /// The strings of that language: those learned before if there are any, so that mounting again costs no memory.
    #[must_use]
    pub fn learn(self, tag: &str) -> &'static Strings {
        LEARNED.with_borrow_mut(|learned| {
            if let Some(known) = learned.iter().find(|strings| strings.lang.tag() == tag) {
                return *known;
            }
            let mut texts = self.0;
            let mut find = |wanted: &str| {
                let at = texts.iter().position(|(key, _)| key == wanted)?;
                Some(&*std::mem::take(&mut texts[at].1).leak())
            };
            let strings: &'static Strings = Box::leak(Box::new(Strings::find(Lang(tag.to_owned().leak()), &mut find)));
            learned.push(strings);
            strings
        })
    }
}

impl<'de> Deserialize<'de> for Messages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As a struct whose fields are not known beforehand: our reader of JSON knows no other objects.
        deserializer.deserialize_struct("Messages", &[], Texts)
    }
}

struct Texts;

impl<'de> Visitor<'de> for Texts {
    type Value = Messages;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Messages, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = map.next_entry()? {
            texts.push(text);
        }
        Ok(Messages(texts))
    }
}
