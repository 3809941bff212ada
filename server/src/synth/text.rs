//! What is said: a few sentences in one of several scripts, as markdown.

use super::chance::Chance;
use super::words::{TONGUES, Tongue};

/// A body. In the measured thread bodies had 20 to 296 words and half of them 50 or more; these are shorter, from 3 to about 60, as in
/// threads that are long.
pub(super) fn body(chance: &mut Chance) -> String {
    let tongue = &TONGUES[(chance.low(TONGUES.len() as u64)) as usize];
    let mut text = String::with_capacity(256);
    if chance.once_in(20) {
        text.push_str("> ");
        text.push_str(sentence(tongue, chance).trim_end());
        text.push_str("\n\n");
    }
    for _ in 0..=chance.below(5) {
        text.push_str(&sentence(tongue, chance));
    }
    if chance.once_in(25) {
        text.push_str("\n\n");
        text.push_str(&sentence(tongue, chance));
    }
    text.truncate(text.trim_end().len());
    if chance.once_in(30) {
        text.push_str(chance.pick(&[" 🙂", " 👍🏽", " 😂", " 🚲"]));
    }
    text
}

fn sentence(tongue: &Tongue, chance: &mut Chance) -> String {
    let mut text = String::with_capacity(96);
    for place in 0..3 + chance.below(10) {
        if place > 0 {
            text.push_str(tongue.between);
        }
        word(tongue, chance, &mut text);
    }
    text + tongue.end
}

/// Mostly a word and nothing else.
fn word(tongue: &Tongue, chance: &mut Chance, text: &mut String) {
    let word = chance.pick(tongue.words);
    let marked = match chance.below(240) {
        0 => format!("**{word}**"),
        1 | 2 => format!("*{word}*"),
        3 => format!("`{word}`"),
        4 => format!("[{word}](https://example.org/{})", chance.below(1000)),
        5 => format!("{word} {}", chance.below(2030)),
        _ => {
            text.push_str(word);
            return;
        }
    };
    text.push_str(&marked);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown::render;
    use afterword_wire::limits::MAX_BODY_CHARS;

    #[test]
    fn a_body_is_one_that_could_have_been_typed() {
        for number in 0..2_000 {
            let body = body(&mut Chance::of(1, number));
            assert!(body.trim() == body && !body.is_empty(), "{body:?}");
            assert!(body.chars().count() < MAX_BODY_CHARS / 10, "{body}");
            assert!(render(&body).starts_with('<'), "{body}");
        }
    }

    #[test]
    fn every_language_is_spoken() {
        let spoken: String = (0..2_000).map(|number| body(&mut Chance::of(1, number))).collect();
        for tongue in &TONGUES {
            assert!(tongue.words.iter().any(|word| spoken.contains(word)), "{}", tongue.words[0]);
        }
    }
}
