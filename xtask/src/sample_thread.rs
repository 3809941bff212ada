//! A thread of any size whose text costs about what people's text costs.

use crate::records::{NewRecord, Records};
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use std::fs;

/// Names its page.
pub const PAGE_KEY: &str = "/sample";

/// 2026-11-01T08:00:00Z: the first comment's time; each later one is some minutes younger.
const BEGUN_AT_MS: i64 = 1_793_520_000_000;
const PAUSE_MS: i64 = 7 * 60_000;
const AUTHORS: [&str; 7] = ["Mara", "Jonas Ødegård", "Dee", "Wilhelmina O’Neil", "sal", "Kofi Mensah", "H. Brandt"];
const LEAST_WORDS: u64 = 20;
const MOST_WORDS: u64 = 120;

/// Records of a thread: every third comment a root, the others replies, up to four levels deep; each has 20 to 120 words drawn at
/// random, always the same ones, from the article, so that a word is as frequent as in prose but no phrase comes twice.
///
/// # Errors
/// The article cannot be read.
pub fn records(workspace: &Workspace, count: usize) -> anyhow::Result<Records> {
    let file = workspace.root.join("index.html");
    let article = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let words = words_of(&article);
    ensure!(!words.is_empty(), "{} holds no paragraph to draw words from", file.display());
    let mut chance = Chance(1);
    let mut records = Records::thread(PAGE_KEY, "http://localhost/sample", "A sample", BEGUN_AT_MS);
    for author in 0..AUTHORS.len() {
        records.author(author as u64, BEGUN_AT_MS);
    }
    let mut ancestors = Vec::new();
    for number in 0..count {
        ancestors.truncate(if number % 3 == 0 { 0 } else { 1 + chance.below(4) as usize });
        let author = chance.below(AUTHORS.len() as u64);
        let length = LEAST_WORDS + chance.below(MOST_WORDS - LEAST_WORDS + 1);
        let body: Vec<&str> = (0..length).map(|_| words[chance.below(words.len() as u64) as usize]).collect();
        let id = records.comment(&NewRecord {
            parent_id: ancestors.last().copied(),
            author,
            author_name: AUTHORS[author as usize],
            body_markdown: &body.join(" "),
            created_at_ms: BEGUN_AT_MS + number as i64 * PAUSE_MS,
            ..NewRecord::default()
        });
        ancestors.push(id);
    }
    Ok(records)
}

/// The words of its paragraphs, repetitions included.
fn words_of(article: &str) -> Vec<&str> {
    let paragraphs = article.split("<p>").skip(1).filter_map(|rest| Some(rest.split_once("</p>")?.0));
    paragraphs.flat_map(str::split_whitespace).filter(|word| !word.contains(['<', '>', '&', '=', '"'])).collect()
}

/// Numbers that look drawn at random and are the same in every run (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_of_paragraphs_are_drawn() {
        assert_eq!(words_of("<h1>No</h1><p>Yes <b>no</b> it is</p> no"), ["Yes", "it", "is"]);
    }
}
