//! What screen readers are told: polite, and never a flood.

/// How many sentences are said at once; older ones are dropped, because what holds now is worth more.
const MAX_AT_ONCE: usize = 3;

/// Sentences that wait for their turn, oldest first.
#[derive(Debug, Default)]
pub struct Announcements {
    waiting: Vec<String>,
}

impl Announcements {
    /// Adds a sentence, once. Returns whether it is the first to wait.
    pub fn add(&mut self, sentence: &str) -> bool {
        let is_first = self.waiting.is_empty();
        self.waiting.retain(|waiting| waiting != sentence);
        if self.waiting.len() == MAX_AT_ONCE {
            self.waiting.remove(0);
        }
        self.waiting.push(sentence.to_owned());
        is_first
    }

    /// Takes all that waits, to be said in one go.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.waiting).join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_together_is_said_together() {
        let mut announcements = Announcements::default();
        assert!(announcements.add("Loading."));
        assert!(!announcements.add("Loaded."));
        assert_eq!(announcements.take(), "Loading. Loaded.");
        assert!(announcements.add("Posted."), "the next one begins a new wait");
    }

    #[test]
    fn a_sentence_that_comes_again_is_said_once_and_last() {
        let mut announcements = Announcements::default();
        for sentence in ["Sending.", "Not sent.", "Sending."] {
            announcements.add(sentence);
        }
        assert_eq!(announcements.take(), "Not sent. Sending.");
    }

    #[test]
    fn a_flood_is_cut_to_its_end() {
        let mut announcements = Announcements::default();
        (0..100).for_each(|number| {
            announcements.add(&number.to_string());
        });
        assert_eq!(announcements.take(), "97 98 99");
    }
}
