//! Forms: which there are, and what may be sent.

use afterword_wire::{AuthorFields, CommentId, limits};

/// A form of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKey {
    /// For a new root comment.
    Root,
    /// To answer a comment.
    Reply(CommentId),
    /// To edit an own comment.
    Edit(CommentId),
}

impl FormKey {
    /// Its name in `data-form`: `root`, the id of the comment answered, or `edit-` and the id of the comment edited.
    #[must_use]
    pub fn as_text(self) -> String {
        match self {
            FormKey::Root => "root".to_owned(),
            FormKey::Reply(id) => id.to_string(),
            FormKey::Edit(id) => format!("edit-{id}"),
        }
    }

    /// The form a `data-form` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text.strip_prefix("edit-") {
            Some(id) => id.parse().ok().map(FormKey::Edit),
            None if text == "root" => Some(FormKey::Root),
            None => text.parse().ok().map(FormKey::Reply),
        }
    }
}

/// What stands in a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormText {
    /// Markdown as typed.
    pub body: String,
    /// Who signs; left empty in an edit form.
    pub fields: AuthorFields,
}

/// Why a form cannot be sent as it stands. The server checks again; this only spares the reader a round trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// Nothing was written.
    BodyMissing,
    /// The body has this many characters too many.
    BodyTooLong(usize),
    /// No name was given.
    NameMissing,
    /// The name is longer than allowed.
    NameTooLong,
    /// The e-mail address is none.
    EmailInvalid,
}

impl FormFault {
    /// The name of the field at fault.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            FormFault::BodyMissing | FormFault::BodyTooLong(_) => "body",
            FormFault::NameMissing | FormFault::NameTooLong => "name",
            FormFault::EmailInvalid => "email",
        }
    }
}

/// Checks what a form holds before it is sent.
///
/// # Errors
/// The first fault, in the order of the fields on screen.
pub fn check_form(key: FormKey, text: &FormText) -> Result<(), FormFault> {
    let body_chars = text.body.chars().count();
    if text.body.trim().is_empty() {
        return Err(FormFault::BodyMissing);
    }
    if body_chars > limits::MAX_BODY_CHARS {
        return Err(FormFault::BodyTooLong(body_chars - limits::MAX_BODY_CHARS));
    }
    if matches!(key, FormKey::Edit(_)) {
        return Ok(());
    }
    if text.fields.name.trim().is_empty() {
        return Err(FormFault::NameMissing);
    }
    if text.fields.name.chars().count() > limits::MAX_NAME_CHARS {
        return Err(FormFault::NameTooLong);
    }
    match &text.fields.email {
        Some(email) if !email.contains('@') || email.contains(char::is_whitespace) => Err(FormFault::EmailInvalid),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str, name: &str, email: Option<&str>) -> FormText {
        let fields = AuthorFields { name: name.to_owned(), email: email.map(str::to_owned), website: None };
        FormText { body: body.to_owned(), fields }
    }

    #[test]
    fn a_form_reads_back_its_own_name() {
        for key in [FormKey::Root, FormKey::Reply(CommentId(7)), FormKey::Edit(CommentId(7))] {
            assert_eq!(FormKey::from_text(&key.as_text()), Some(key));
        }
        assert_eq!(FormKey::from_text("constructor"), None);
    }

    #[test]
    fn a_whole_form_may_be_sent() {
        assert_eq!(check_form(FormKey::Root, &text("Hello", "Mara", None)), Ok(()));
        assert_eq!(check_form(FormKey::Root, &text("Hello", "Mara", Some("m@example.org"))), Ok(()));
    }

    #[test]
    fn blank_text_is_no_comment() {
        assert_eq!(check_form(FormKey::Root, &text(" \n", "Mara", None)), Err(FormFault::BodyMissing));
    }

    #[test]
    fn a_body_at_the_limit_passes_and_one_past_it_does_not() {
        let fits = "é".repeat(limits::MAX_BODY_CHARS);
        assert_eq!(check_form(FormKey::Root, &text(&fits, "Mara", None)), Ok(()));
        let long = format!("{fits}x");
        assert_eq!(check_form(FormKey::Root, &text(&long, "Mara", None)), Err(FormFault::BodyTooLong(1)));
    }

    #[test]
    fn a_name_is_needed_to_post_and_not_to_edit() {
        assert_eq!(check_form(FormKey::Root, &text("Hello", "  ", None)), Err(FormFault::NameMissing));
        assert_eq!(check_form(FormKey::Edit(CommentId(1)), &text("Hello", "", None)), Ok(()));
    }

    #[test]
    fn an_address_without_at_sign_is_refused() {
        assert_eq!(check_form(FormKey::Root, &text("Hello", "Mara", Some("mara"))), Err(FormFault::EmailInvalid));
    }
}
