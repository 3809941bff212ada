//! Avatars, drawn from what is known anyway: nothing is fetched.

use super::element::element;
use afterword_wire::{Author, AuthorId};
use leptos::prelude::*;

/// How many colours `comment_row.css` has for avatars.
const HUE_COUNT: u64 = 12;

/// The author's initials on the author's colour. Decoration: the name stands beside it.
pub fn avatar(author: &Author) -> AnyView {
    let avatar = element("span", "aw-avatar").with("part", "avatar").with("aria-hidden", "true");
    avatar.with("data-hue", hue(author.id).to_string()).text(initials(&author.name)).draw()
}

fn hue(id: AuthorId) -> u64 {
    // The id is ordered by time; mixing spreads neighbours over the colours.
    (id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) % HUE_COUNT
}

/// The first letters of the first and the last word that begin with one; else the first character there is.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next()).filter(|letter| letter.is_alphanumeric());
    let first = letters.next();
    let last = letters.next_back();
    match first {
        Some(first) => first.to_uppercase().chain(last.into_iter().flat_map(char::to_uppercase)).collect(),
        None => name.chars().take(1).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        for (name, expected) in [
            ("mara", "M"),
            ("Mara Lindqvist", "ML"),
            ("Jean  le Rond d'Alembert", "JD"),
            ("ليلى حداد", "لح"),
            ("🦊 fox", "F"),
            ("🦊", "🦊"),
            ("ßen", "SS"),
            ("7 of 9", "79"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn neighbouring_ids_get_different_hues() {
        let hues: std::collections::BTreeSet<_> = (0..64).map(|id| hue(AuthorId(id))).collect();
        assert_eq!(hues.len(), 12);
    }
}
