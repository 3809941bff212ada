//! Every visible string. The texts stand in `locales/`, one file for each language; the build checks the files and writes
//! [`Strings`], with one field for each message. The server holds all languages, the widget learns the one it was sent.

pub mod grouped_number;
mod lang;
#[cfg(not(target_arch = "wasm32"))]
mod locale;
mod messages;
mod plural;
mod plural_category;
pub mod plural_rules;
mod strings;

pub use lang::Lang;
#[cfg(not(target_arch = "wasm32"))]
pub use locale::Locale;
pub use messages::Messages;
pub use plural::Plurals;
pub use plural_category::PluralCategory;
pub use strings::Strings;

/// Puts a value where a text has its hole, `{{name}}`.
#[must_use]
pub fn fill(text: &str, value: &str) -> String {
    let parts = text.split_once("{{").and_then(|(before, rest)| Some((before, rest.split_once("}}")?.1)));
    parts.map_or_else(|| text.to_owned(), |(before, after)| [before, value, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_where_the_hole_was_whatever_it_holds() {
        assert_eq!(fill("Reply to {{name}}!", "{{name}}"), "Reply to {{name}}!");
        assert_eq!(fill("رد على {{name}}", "Mara"), "رد على Mara");
        assert_eq!(fill("no hole", "Mara"), "no hole");
    }
}
