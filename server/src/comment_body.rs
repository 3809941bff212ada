//! A comment's body as typed, checked.

use crate::author_fields::refuse_nul;
use crate::failure::{Answer, Failure};
use afterword_wire::limits::MAX_BODY_CHARS;

const FIELD: &str = "body_markdown";

/// Checks that there is something to say and that it is not too long.
///
/// # Errors
/// `invalid_field`.
pub fn check_body(markdown: &str) -> Answer<()> {
    refuse_nul(FIELD, markdown)?;
    if markdown.trim().is_empty() {
        return Err(Failure::invalid_field(FIELD, "the comment is empty"));
    }
    check_length(markdown)
}

/// Checks a body that is still being typed: it may be empty.
///
/// # Errors
/// `invalid_field`.
pub fn check_unfinished_body(markdown: &str) -> Answer<()> {
    refuse_nul(FIELD, markdown)?;
    check_length(markdown)
}

fn check_length(markdown: &str) -> Answer<()> {
    let chars = markdown.chars().count();
    if chars > MAX_BODY_CHARS {
        let message = format!("the comment is {chars} characters long; at most {MAX_BODY_CHARS} are allowed");
        return Err(Failure::invalid_field(FIELD, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_counted_in_characters() {
        assert!(check_body(&"ä".repeat(MAX_BODY_CHARS)).is_ok());
        assert!(check_body(&"ä".repeat(MAX_BODY_CHARS + 1)).is_err());
    }

    #[test]
    fn a_body_without_text_is_refused_but_may_be_previewed() {
        assert!(check_body(" \n\t").is_err());
        assert!(check_unfinished_body("").is_ok());
    }
}
