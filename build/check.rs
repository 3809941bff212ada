//! What holds in every message file. Each fault is a sentence that names file and key.

use super::PluralCategory::Other;
use super::message_file::{MessageFile, Name};
use super::plural_rules::{PluralRule, plural_rule};

/// Numbers among which each plural category of whole numbers is met twice if it stands for more than one number.
const SAMPLE: std::ops::RangeInclusive<u32> = 0..=200;

/// The faults of the English file, which the others follow.
pub fn english(english: &MessageFile, notes: &MessageFile) -> Vec<String> {
    let mut faults = texts(english);
    faults.extend(plurals(english, english));
    for (key, text) in &english.texts {
        if holes(text).len() > 1 {
            faults.push(fault(english, key, "has two holes; the program fills one"));
        }
        if !is_identifier(key) {
            faults.push(fault(english, key, "is no name for a field: a-z, 0-9 and _ are allowed"));
        }
    }
    let names = english.names();
    for name in &names {
        if notes.text(name.text).is_none_or(|note| note.trim().is_empty()) {
            faults.push(fault(notes, name.text, "is missing: say what the message is for"));
        }
    }
    let unknown = notes.texts.iter().filter(|(key, _)| names.iter().all(|name| name.text != key));
    faults.extend(unknown.map(|(key, _)| fault(notes, key, "is no message of en.json")));
    faults
}

/// The faults of a translation: keys that are missing or too many, plural categories, empty texts, other holes than in English.
pub fn translation(file: &MessageFile, english: &MessageFile) -> Vec<String> {
    let mut faults = texts(file);
    let names = english.names();
    for name in names.iter().filter(|name| !name.is_plural && file.text(name.text).is_none()) {
        faults.push(fault(file, name.text, "is missing"));
    }
    let unknown = file.texts.iter().filter(|(key, _)| !names.contains(&Name::of_key(key)));
    faults.extend(unknown.map(|(key, _)| fault(file, key, "is no message of en.json")));
    for (key, text) in file.texts.iter().filter(|(key, _)| !Name::of_key(key).is_plural) {
        let wanted = english.text(key).map(holes);
        if wanted.as_ref().is_some_and(|wanted| *wanted != holes(text)) {
            faults.push(fault(file, key, &format!("must hold {:?}, as in en.json", wanted.unwrap_or_default())));
        }
    }
    faults.extend(plurals(file, english));
    faults
}

fn texts(file: &MessageFile) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, text) in &file.texts {
        if text.trim().is_empty() {
            faults.push(fault(file, key, "is empty"));
        } else if text.trim() != text {
            faults.push(fault(file, key, "begins or ends with a space"));
        }
        if text.replace("{{", "").replace("}}", "").contains(['{', '}']) {
            faults.push(fault(file, key, "has a brace that belongs to no hole; a hole is {{name}}"));
        }
    }
    faults
}

/// The faults of the messages that change with a number, by the rule of the language.
fn plurals(file: &MessageFile, english: &MessageFile) -> Vec<String> {
    let Some(rule) = plural_rule(&file.tag) else {
        return vec![format!("locales/{}.json: src/text/plural_rules.rs has no rule for this language", file.tag)];
    };
    let mut faults = Vec::new();
    for name in english.names().into_iter().filter(|name| name.is_plural) {
        for category in super::PluralCategory::ALL {
            let key = [name.text, "_", category.name()].concat();
            let text = file.text(&key);
            match (text, rule.categories.contains(&category)) {
                (None, true) => faults.push(fault(file, &key, "is missing: the language has this plural category")),
                (Some(_), false) => faults.push(fault(file, &key, "is too many: the language has no such plural category")),
                (Some(text), true) => {
                    let says_number = holes(text) == ["count"];
                    let may_be_silent = holes(text).is_empty() && category != Other && is_single(rule, category);
                    if !says_number && !may_be_silent {
                        faults.push(fault(file, &key, "must hold {{count}} once and no other hole"));
                    }
                }
                (None, false) => {}
            }
        }
    }
    faults
}

/// Whether a category stands for one number, so that a text need not say which: "two comments" in Arabic, "one" not in Russian.
fn is_single(rule: &PluralRule, category: super::PluralCategory) -> bool {
    SAMPLE.filter(|number| (rule.category)(*number) == category).count() == 1
}

/// The names in `{{name}}`, in the order of the alphabet.
pub fn holes(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}").map(|(name, _)| name)).collect();
    names.sort_unstable();
    names
}

fn is_identifier(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

fn fault(file: &MessageFile, key: &str, what: &str) -> String {
    format!("locales/{}.json: \"{key}\" {what}", file.tag)
}
