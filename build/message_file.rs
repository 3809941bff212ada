//! A message file: one flat JSON object of texts by key, in the format that i18next calls JSON v4.

use super::PluralCategory;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;

/// The messages of one language.
#[derive(Debug)]
pub struct MessageFile {
    /// The BCP 47 tag, which is the file's name.
    pub tag: String,
    /// Texts by key, in the order of the file.
    pub texts: Vec<(String, String)>,
}

impl MessageFile {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// It is no JSON, or not an object of texts in which each key stands once.
    pub fn parse(tag: &str, json: &str) -> Result<Self, serde_json::Error> {
        let Texts(texts) = serde_json::from_str(json)?;
        Ok(Self { tag: tag.to_owned(), texts })
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }

    /// The names of its messages: a message with plurals has several keys and one name.
    pub fn names(&self) -> Vec<Name<'_>> {
        let mut names: Vec<Name<'_>> = Vec::new();
        for name in self.texts.iter().map(|(key, _)| Name::of_key(key)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// What the program calls a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// The key without its plural category.
    pub text: &'a str,
    /// Whether the message changes with a number.
    pub is_plural: bool,
}

impl<'a> Name<'a> {
    /// `comments_one` and `comments_other` are both `comments`, which is plural.
    pub fn of_key(key: &'a str) -> Self {
        let stem = PluralCategory::ALL.iter().find_map(|category| key.strip_suffix(category.name())?.strip_suffix('_'));
        Self { text: stem.unwrap_or(key), is_plural: stem.is_some() }
    }
}

struct Texts(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts by key")
    }

    // A map would keep the last of two equal keys and say nothing.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
        let mut texts: Vec<(String, String)> = Vec::new();
        while let Some((key, text)) = map.next_entry::<String, String>()? {
            if texts.iter().any(|(known, _)| *known == key) {
                return Err(serde::de::Error::custom(format_args!("\"{key}\" stands twice")));
            }
            texts.push((key, text));
        }
        Ok(Texts(texts))
    }
}
