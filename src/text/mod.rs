//! Every visible string, in every language, in one table; [`Strings`] has one field for each.

mod ar;
mod en;
mod plural;

pub use plural::{PluralCategory, Plurals};

/// A language the thread can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Arabic, right to left.
    Ar,
}

impl Lang {
    /// Every language.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ar];

    /// The language that best fits a BCP 47 tag (`ar-EG` is Arabic); English where none fits.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary)).unwrap_or_default()
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ar => "ar",
        }
    }

    /// Its direction, as `dir` takes it.
    #[must_use]
    pub fn dir(self) -> &'static str {
        match self {
            Lang::En => "ltr",
            Lang::Ar => "rtl",
        }
    }

    /// Its strings.
    #[must_use]
    pub fn strings(self) -> &'static Strings {
        match self {
            Lang::En => &en::EN,
            Lang::Ar => &ar::AR,
        }
    }
}

/// Puts a value where a text has `{}`.
#[must_use]
pub fn fill(text: &str, value: &str) -> String {
    text.replacen("{}", value, 1)
}

/// Every visible string. `{}` stands for one value, named in the field's doc.
#[derive(Debug)]
pub struct Strings {
    /// Heading: how many comments. `{}`: the number.
    pub comment_count: Plurals,
    /// Heading of a thread nobody has written in.
    pub comments: &'static str,
    /// In an empty thread.
    pub be_the_first: &'static str,
    /// In a closed thread.
    pub thread_is_closed: &'static str,
    /// Label of the choice of order.
    pub sort_label: &'static str,
    /// First written first.
    pub sort_oldest: &'static str,
    /// Last written first.
    pub sort_newest: &'static str,
    /// Most answered first.
    pub sort_replies: &'static str,
    /// Label of the text field for a new comment.
    pub your_comment: &'static str,
    /// Label of the text field for a reply. `{}`: whom.
    pub your_reply: &'static str,
    /// Label of the text field of an edit.
    pub edit_your_comment: &'static str,
    /// Placeholder of the composer.
    pub join_in: &'static str,
    /// Label of the name field.
    pub name: &'static str,
    /// Label of the e-mail field.
    pub email: &'static str,
    /// Label of the website field.
    pub website: &'static str,
    /// Beside fields that may stay empty.
    pub optional: &'static str,
    /// Below the composer.
    pub form_note: &'static str,
    /// Sends a comment.
    pub post: &'static str,
    /// Sends an edit.
    pub save: &'static str,
    /// Closes a form.
    pub cancel: &'static str,
    /// Shows how the text will look.
    pub preview: &'static str,
    /// Goes back to the text.
    pub write: &'static str,
    /// Characters left. `{}`: the number.
    pub characters_left: Plurals,
    /// Characters too many. `{}`: the number.
    pub characters_over: Plurals,
    /// Opens the form to answer.
    pub reply: &'static str,
    /// Names the reply button. `{}`: whom.
    pub reply_to: &'static str,
    /// Whom a reply answers. `{}`: the name.
    pub in_reply_to: &'static str,
    /// Stands for the name of somebody who deleted their comment.
    pub someone: &'static str,
    /// Opens a comment for editing.
    pub edit: &'static str,
    /// Deletes a comment.
    pub delete: &'static str,
    /// Minutes left to edit. `{}`: the number.
    pub minutes_left: Plurals,
    /// Asks before deleting.
    pub really_delete: &'static str,
    /// Does not delete.
    pub keep: &'static str,
    /// Marks the viewer's own comments.
    pub you: &'static str,
    /// Marks a changed comment.
    pub edited: &'static str,
    /// Stands in the place of a deleted comment.
    pub deleted: &'static str,
    /// Names the button that folds a branch. `{}`: whose.
    pub collapse: &'static str,
    /// A folded branch: the name comes first. `{}`: how many replies.
    pub and_replies: Plurals,
    /// Shows a long body whole.
    pub read_more: &'static str,
    /// Loads more root comments. `{}`: how many are left.
    pub more_comments: Plurals,
    /// Loads more replies. `{}`: how many are left.
    pub more_replies: Plurals,
    /// While something loads.
    pub loading: &'static str,
    /// A pending comment under way.
    pub sending: &'static str,
    /// A pending comment that did not get through.
    pub not_sent: &'static str,
    /// Tries again.
    pub retry: &'static str,
    /// Gives a pending comment up and puts its text back into the form.
    pub back_to_form: &'static str,
    /// Announced after posting.
    pub posted: &'static str,
    /// Announced after editing.
    pub saved: &'static str,
    /// Announced after deleting.
    pub was_deleted: &'static str,
    /// Announced after loading more.
    pub loaded: &'static str,
    /// The browser does not let the page keep anything.
    pub storage_off: &'static str,
    /// A permalink led to nothing.
    pub comment_gone: &'static str,
    /// Leads from the document of its own back to the page.
    pub back_to_page: &'static str,
    /// Goes on in the document of its own.
    pub next_comments: &'static str,

    /// Fault: nothing written.
    pub fault_body_missing: &'static str,
    /// Fault: no name.
    pub fault_name_missing: &'static str,
    /// Fault: name too long. `{}`: the limit.
    pub fault_name_too_long: &'static str,
    /// Fault: no e-mail address.
    pub fault_email: &'static str,
    /// The server was not reached.
    pub failed_offline: &'static str,
    /// The parent was deleted meanwhile.
    pub failed_parent_deleted: &'static str,
    /// The parent is not on this page.
    pub failed_parent_not_found: &'static str,
    /// The thread was closed meanwhile.
    pub failed_thread_closed: &'static str,
    /// The time to edit has passed.
    pub failed_edit_window: &'static str,
    /// The comment was deleted meanwhile.
    pub failed_comment_deleted: &'static str,
    /// Too many writes. `{}`: seconds to wait.
    pub failed_rate_limited: &'static str,
    /// The page is not one of the site's.
    pub failed_origin: &'static str,
    /// The server has a fault. The text is kept.
    pub failed_server: &'static str,
    /// Which letters act while focus is among the comments.
    pub keys_hint: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_its_language_whatever_its_region_and_case() {
        for tag in ["ar", "ar-EG", "AR_eg", "Ar"] {
            assert_eq!(Lang::from_tag(tag), Lang::Ar, "{tag}");
        }
        for tag in ["en", "en-GB", "de", "", "arn", "ä"] {
            assert_eq!(Lang::from_tag(tag), Lang::En, "{tag}");
        }
    }

    #[test]
    fn every_string_of_every_language_is_there() {
        for lang in Lang::ALL {
            let table = format!("{:?}", lang.strings());
            assert!(!table.contains(": \"\""), "{} has an empty string", lang.tag());
        }
    }

    #[test]
    fn languages_take_the_same_values_in_the_same_strings() {
        let holes = |lang: Lang| -> Vec<(String, bool)> {
            format!("{:#?}", lang.strings())
                .lines()
                .filter(|line| !line.contains("Plurals"))
                .filter_map(|line| line.strip_prefix("    ").filter(|line| !line.starts_with(' ')))
                .filter_map(|line| line.split_once(": "))
                .map(|(field, text)| (field.to_owned(), text.contains("{}")))
                .collect()
        };
        assert_eq!(holes(Lang::En), holes(Lang::Ar));
    }
}
