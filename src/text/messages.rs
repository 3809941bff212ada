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
                Some(&*texts.swap_remove(at).1.leak())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lang: Lang) -> Messages {
        let json = serde_json::to_string(lang.messages()).expect("JSON");
        serde_json::from_str(&json).expect("what was sent can be read")
    }

    /// One line for each field, without those that only a document says.
    fn fields(strings: &Strings) -> Vec<String> {
        let all = format!("{strings:#?}");
        all.lines().filter(|line| !line.starts_with("    document_")).map(str::to_owned).collect()
    }

    #[test]
    fn the_widget_learns_what_the_server_says() {
        for lang in Lang::all() {
            assert_eq!(fields(sent(lang).learn(lang.tag())), fields(lang.strings()), "{}", lang.tag());
        }
    }

    #[test]
    fn a_language_is_learned_once_however_often_it_is_sent() {
        let lang = Lang::from_tag("de");
        let (first, again) = (sent(lang).learn("de"), sent(lang).learn("de"));
        assert!(std::ptr::eq(first, again));
    }

    #[test]
    fn a_message_that_was_not_sent_is_its_key() {
        let strings = Messages::default().learn("xx");
        assert_eq!(strings.retry, "retry");
        assert_eq!(strings.comment_count.of(crate::text::PluralCategory::One), "comment_count");
    }
}
