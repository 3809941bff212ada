//! The message files as Rust.

use super::message_file::MessageFile;
use std::fmt::Write;

/// Keys that begin so are fields on the server only: the widget has no document of its own.
const DOCUMENT_PREFIX: &str = "document_";

/// The struct `Strings`, one field for each message, and how it is filled.
pub fn strings(english: &MessageFile, notes: &MessageFile) -> String {
    let (mut fields, mut values) = (String::new(), String::new());
    for name in english.names() {
        let (kind, find) = if name.is_plural { ("Plurals", "Plurals::find") } else { ("&'static str", "plain") };
        let cfg = if name.text.starts_with(DOCUMENT_PREFIX) { "#[cfg(not(target_arch = \"wasm32\"))] " } else { "" };
        let note = notes.text(name.text).unwrap_or_default();
        let key = name.text;
        let _ = writeln!(fields, "    #[doc = {note:?}]\n    {cfg}pub {key}: {kind},");
        let _ = writeln!(values, "            {cfg}{key}: {find}({key:?}, find),");
    }
    format!(
        "/// Every visible string of one language. A hole such as `{{{{name}}}}` stands for one value.\n\
         #[derive(Debug)]\npub struct Strings {{\n    /// The language.\n    pub lang: Lang,\n{fields}}}\n\n\
         impl Strings {{\n    pub(super) fn find(lang: Lang, find: &mut dyn FnMut(&str) -> Option<&'static str>) -> Self {{\n        \
         Self {{\n            lang,\n{values}        }}\n    }}\n}}\n"
    )
}

/// The table of all languages.
pub fn locales(files: &[MessageFile]) -> String {
    let mut source = String::from("static LOCALES: &[Locale] = &[\n");
    for MessageFile { tag, texts } in files {
        let _ = writeln!(source, "    Locale {{ tag: {tag:?}, texts: &[");
        for (key, text) in texts {
            let _ = writeln!(source, "        ({key:?}, {text:?}),");
        }
        source.push_str("    ] },\n");
    }
    source + "];\n"
}
