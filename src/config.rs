//! What the page asks for, read once from `embed.js`.

use crate::text::Lang;
use afterword_wire::{CommentId, PageRef, Sort};
use serde::Deserialize;

/// The options of one thread on one page, as `embed.js` hands them over: checked there, allow-listed names only.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Config {
    /// Address of the Afterword server, without a slash at the end.
    pub base: String,
    /// The site's slug.
    pub site: String,
    /// Names the page within its site.
    pub page_key: String,
    /// Where the page can be read.
    #[serde(default)]
    pub page_url: Option<String>,
    /// The page's title.
    #[serde(default)]
    pub page_title: Option<String>,
    /// The language as a BCP 47 tag, with the reader's own region where they have one: dates follow it.
    #[serde(default)]
    pub lang: String,
    /// The order of the root comments.
    #[serde(default)]
    pub sort: Sort,
    /// `auto`, `light` or `dark`.
    #[serde(default)]
    pub theme: String,
    /// The comment the page's address points to.
    #[serde(default)]
    pub permalink: Option<CommentId>,
    /// Whether single letters act while focus is in the thread; `None` when the page says nothing.
    #[serde(default)]
    pub keys: Option<bool>,
}

impl Config {
    /// The language of the strings.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang)
    }

    /// Whether single letters act while focus is in the thread: yes, unless the page says no.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.keys != Some(false)
    }

    /// The page as the server wants to hear of it.
    #[must_use]
    pub fn page(&self) -> PageRef {
        PageRef { key: self.page_key.clone(), url: self.page_url.clone(), title: self.page_title.clone() }
    }
}
