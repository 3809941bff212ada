//! English in disguise: accents show what was never translated, length shows what is cut, brackets show where a text ends.

use super::check::holes;
use super::message_file::MessageFile;

/// `XA` is nobody's country.
const TAG: &str = "en-XA";

/// The pseudo-locale of the English file.
pub fn of(english: &MessageFile) -> MessageFile {
    let texts = english.texts.iter().map(|(key, text)| (key.clone(), disguise(text))).collect();
    MessageFile { tag: TAG.to_owned(), texts }
}

/// About 40% longer, as German or Russian can be, short words more so; holes stay.
pub fn disguise(text: &str) -> String {
    let mut letters = String::new();
    let mut rest = text;
    for hole in holes_in_order(text) {
        let mark = ["{{", hole, "}}"].concat();
        let (before, after) = rest.split_once(&mark).unwrap_or((rest, ""));
        letters.extend(before.chars().map(accented));
        letters.push_str(&mark);
        rest = after;
    }
    letters.extend(rest.chars().map(accented));
    let longer_by = (text.chars().count() * 2).div_ceil(5).max(3);
    let padding: String = " ëxtrà wörds".chars().cycle().take(longer_by).collect();
    ["[", &letters, padding.trim_end(), "]"].concat()
}

fn holes_in_order(text: &str) -> Vec<&str> {
    let mut names = holes(text);
    names.sort_by_key(|name| text.find(&["{{", name, "}}"].concat()));
    names
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceinouyACEINOUYsz";
    const ACCENTED: &str = "àçéîñöûýÀÇÉÎÑÖÛÝšž";
    let at = PLAIN.chars().position(|plain| plain == letter);
    at.and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(letter)
}
