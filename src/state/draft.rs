//! Unsent text, kept for each parent and tab.
//!
//! A draft belongs to the tab it was typed in: tabs never write into each other's. A form that opens in a tab without a draft of
//! its own shows what other tabs left, and takes it over with the first key typed, unless the other tab has typed on meanwhile:
//! then both are kept.

use super::FormKey;

/// A tab's id is a UUID.
const TAB_ID_CHARS: usize = 36;

/// Names the drafts of one form in the browser's storage; the tab's id is added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(pub String);

impl DraftKey {
    /// The drafts of a form under a page.
    #[must_use]
    pub fn new(page_key: &str, form: FormKey) -> Self {
        DraftKey(["draft:", page_key, ":", &form.as_text(), ":"].concat())
    }

    /// The draft of one tab.
    #[must_use]
    pub fn of_tab(&self, tab_id: &str) -> String {
        [&self.0, tab_id].concat()
    }

    /// Whether what goes on after the key is the id of a tab. Page keys may hold anything, this one's beginning included.
    #[must_use]
    pub fn is_tab(rest: &str) -> bool {
        rest.len() == TAB_ID_CHARS && !rest.contains(':')
    }
}

/// The drafts this tab has read and written, by their names, as they were then.
#[derive(Clone, Debug, Default)]
pub struct SeenDrafts(Vec<(String, String)>);

impl SeenDrafts {
    /// Notes a draft as it now is.
    pub fn note(&mut self, name: &str, text: &str) {
        self.forget(name);
        self.0.push((name.to_owned(), text.to_owned()));
    }

    /// Notes that a draft is gone.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|(seen, _)| seen != name);
    }

    /// Whether a draft has changed since this tab read or wrote it; one that is gone has lost nothing more.
    #[must_use]
    pub fn is_changed(&self, name: &str, stored: Option<&str>) -> bool {
        let seen = self.0.iter().find(|(seen, _)| seen == name).map(|(_, text)| text.as_str());
        stored.is_some() && seen != stored
    }

    /// Takes out the other tabs' drafts of a form that were shown here.
    pub fn take_shown(&mut self, key: &DraftKey, own: &str) -> Vec<(String, String)> {
        self.0.extract_if(.., |(name, _)| name.starts_with(&key.0) && name != own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_wire::CommentId;

    const TAB: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    #[test]
    fn each_parent_and_page_has_a_draft_of_its_own() {
        let keys = [
            DraftKey::new("/a", FormKey::Root),
            DraftKey::new("/b", FormKey::Root),
            DraftKey::new("/a", FormKey::Reply(CommentId(1))),
            DraftKey::new("/a", FormKey::Edit(CommentId(1))),
            DraftKey::new("/a", FormKey::Reply(CommentId(2))),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{key:?} twice");
        }
    }

    #[test]
    fn a_page_whose_key_begins_like_another_ones_draft_is_another_page() {
        let key = DraftKey::new("/a", FormKey::Root);
        let other = DraftKey::new("/a:root", FormKey::Root).of_tab(TAB);
        assert!(other.starts_with(&key.0) && !DraftKey::is_tab(&other[key.0.len()..]));
        assert!(DraftKey::is_tab(TAB));
    }

    #[test]
    fn a_draft_that_another_tab_wrote_since_is_noticed() {
        let mut seen = SeenDrafts::default();
        assert!(!seen.is_changed("own", None), "nothing there");
        assert!(seen.is_changed("own", Some("theirs")), "there before this tab wrote");
        seen.note("own", "mine");
        assert!(!seen.is_changed("own", Some("mine")));
        assert!(seen.is_changed("own", Some("theirs")));
        assert!(!seen.is_changed("own", None), "cleared: there is nothing to lose");
    }

    #[test]
    fn only_other_tabs_drafts_of_the_same_form_were_shown_in_it() {
        let (key, other) = (DraftKey::new("/a", FormKey::Root), DraftKey::new("/b", FormKey::Root));
        let (own, theirs) = (key.of_tab(TAB), key.of_tab(&TAB.replace('0', "1")));
        let mut seen = SeenDrafts::default();
        for name in [&own, &theirs, &other.of_tab(TAB)] {
            seen.note(name, "text");
        }
        assert_eq!(seen.take_shown(&key, &own), [(theirs, "text".to_owned())]);
        assert_eq!(seen.take_shown(&key, &own), []);
    }
}
