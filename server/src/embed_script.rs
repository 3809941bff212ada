//! `embed.js`, alone and with a painted thread inside.

use crate::asset::Asset;

/// Text that stands in `embed.js` once, as a string literal, where a painted thread can stand instead.
const SLOT: &str = "AFTERWORD_PAINTED";

/// The one script a page names.
#[derive(Debug)]
pub struct EmbedScript {
    alone: Asset,
    around_slot: Option<[String; 2]>,
}

impl EmbedScript {
    /// The script in this file.
    pub fn new(alone: Asset) -> Self {
        let around_slot = std::str::from_utf8(alone.plain()).ok().and_then(around_slot);
        Self { alone, around_slot }
    }

    /// The script, which will ask for the thread.
    pub fn alone(&self) -> &Asset {
        &self.alone
    }

    /// The script with a painted thread, a JavaScript string literal. A script without a place for it stays as it is and asks.
    pub fn with_painted(&self, literal: &str) -> Vec<u8> {
        match &self.around_slot {
            Some([before, after]) => [before, literal, after].concat().into_bytes(),
            None => self.alone.plain().to_vec(),
        }
    }
}

/// What stands before and after the literal. The minifier chooses its quotes.
fn around_slot(script: &str) -> Option<[String; 2]> {
    let (before, after) = script.split_once(SLOT)?;
    let quote = before.chars().next_back().filter(|letter| ['"', '\'', '`'].contains(letter))?;
    let after = after.strip_prefix(quote).filter(|after| !after.contains(SLOT))?;
    Some([before[..before.len() - 1].to_owned(), after.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget_files::WidgetFiles;
    use std::borrow::Cow;

    fn painted(script: &'static str) -> String {
        let script = EmbedScript::new(Asset::small("text/javascript", Cow::Borrowed(script.as_bytes())));
        String::from_utf8(script.with_painted("\"<p>\"")).expect("text")
    }

    #[test]
    fn the_literal_is_replaced_whatever_its_quotes() {
        for script in ["go(\"AFTERWORD_PAINTED\")", "go('AFTERWORD_PAINTED')", "go(`AFTERWORD_PAINTED`)"] {
            assert_eq!(painted(script), "go(\"<p>\")");
        }
    }

    #[test]
    fn a_script_without_one_clear_place_stays_as_it_is() {
        for script in ["go()", "AFTERWORD_PAINTED", "\"AFTERWORD_PAINTED\" + \"AFTERWORD_PAINTED\"", "\"AFTERWORD_PAINTED'"] {
            assert_eq!(painted(script), script);
        }
    }

    #[test]
    fn the_script_of_this_version_has_the_place() {
        assert!(WidgetFiles::embedded().embed_script().around_slot.is_some());
    }
}
