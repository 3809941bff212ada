//! What the page asks for, read once from `embed.js`.

use afterword_wire::{AuthorFields, CommentId, PageRef, Sort};
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
    /// Whether nothing is to be kept in the browser's storage: in a frame it would be the server's, for all sites in one.
    #[serde(default)]
    pub is_framed: bool,
    /// The comment the page's address points to.
    #[serde(default)]
    pub permalink: Option<CommentId>,
    /// How the page says its reader signs; without a name it says that nobody is there.
    #[serde(default)]
    pub viewer: Option<AuthorFields>,
    /// Whether single letters act while focus is in the thread: not where the page says `off`.
    #[serde(default)]
    pub keys: Option<String>,
    /// Whether what is new since the reader's last visit is marked: not where the page says `off`.
    #[serde(default)]
    pub new: Option<String>,
}

impl Config {
    /// Whether single letters act while focus is in the thread: yes, unless the page says no.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.keys.as_deref() != Some("off")
    }

    /// Whether what is new since the reader's last visit is marked, and visits are kept for it: yes, unless the page says no, or has a
    /// key of several lines, as none has in earnest.
    #[must_use]
    pub fn marks_new(&self) -> bool {
        self.new.as_deref() != Some("off") && !self.page_key.contains("\n")
    }

    /// The page as the server wants to hear of it.
    #[must_use]
    pub fn page(&self) -> PageRef {
        PageRef { key: self.page_key.clone(), url: self.page_url.clone(), title: self.page_title.clone() }
    }
}
