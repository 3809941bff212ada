//! Unsent text, kept for each parent.

use super::FormKey;

/// Names the place of a draft in the browser's storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(pub String);

impl DraftKey {
    /// The draft of a form under a page.
    #[must_use]
    pub fn new(page_key: &str, form: FormKey) -> Self {
        DraftKey(format!("draft:{page_key}:{}", form.as_text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_wire::CommentId;

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
}
