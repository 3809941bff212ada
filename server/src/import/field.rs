//! Fields of other systems, taken as far as they fit ours.

use crate::render::name::clean_name;
use crate::render::url::clean_url;
use afterword_wire::limits::{MAX_EMAIL_CHARS, MAX_NAME_CHARS};

/// Shown for an author who gave no name, or none that can be seen.
const NAMELESS: &str = "Anonymous";

/// A name as ours are: cleaned, cut at [`MAX_NAME_CHARS`].
pub(super) fn name(typed: &str) -> String {
    let cut: String = typed.chars().take(MAX_NAME_CHARS).collect();
    // Cleaning can make one character many (a ligature, say): then a shorter beginning must do.
    clean_name(typed)
        .or_else(|_| clean_name(&cut))
        .or_else(|_| clean_name(&cut.chars().take(MAX_NAME_CHARS / 18).collect::<String>()))
        .unwrap_or_else(|_| NAMELESS.to_owned())
}

/// A website that can be linked; `None` for anything else.
pub(super) fn website(typed: &str) -> Option<String> {
    clean_url(typed)
}

/// An e-mail address that cannot break a mail's header; `None` for anything else.
pub(super) fn email(typed: &str) -> Option<String> {
    let email = typed.trim();
    let is_address =
        email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    let is_plain = !email
        .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '\u{2028}' | '\u{2029}'));
    (is_address && is_plain && email.chars().count() <= MAX_EMAIL_CHARS).then(|| email.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_fits() {
        assert_eq!(name("Mara"), "Mara");
        assert_eq!(name(""), NAMELESS);
        assert_eq!(name("\u{202e}"), NAMELESS);
        assert_eq!(name(&"a".repeat(200)).chars().count(), MAX_NAME_CHARS);
        assert!(name(&"\u{fdfa}".repeat(200)).chars().count() <= MAX_NAME_CHARS);
    }

    #[test]
    fn an_email_that_is_none_is_left_out() {
        assert_eq!(email(" mara@example.org\n").as_deref(), Some("mara@example.org"));
        for typed in ["", "mara", "a@b\r\nBcc: c@d", "a@b c", "a@", "@b", "a@b@c"] {
            assert_eq!(email(typed), None, "{typed:?}");
        }
    }
}
