//! What may name a page.

use crate::failure::{Answer, Failure};
use afterword_wire::limits::MAX_PAGE_KEY_BYTES;

/// Checks that a text can name a page: not empty, not too long, no control characters.
///
/// # Errors
/// `invalid_field`, naming `field`.
pub fn check_page_key(field: &str, key: &str) -> Answer<()> {
    if key.is_empty() {
        return Err(Failure::invalid_field(field, "the page key is empty"));
    }
    if key.len() > MAX_PAGE_KEY_BYTES {
        let message = format!("page key is {} bytes; at most {MAX_PAGE_KEY_BYTES} are allowed", key.len());
        return Err(Failure::invalid_field(field, message));
    }
    if key.chars().any(char::is_control) {
        return Err(Failure::invalid_field(field, "the page key holds a control character"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_key_is_counted_in_bytes() {
        assert!(check_page_key("page", &"ä".repeat(256)).is_ok());
        assert!(check_page_key("page", &"ä".repeat(257)).is_err());
    }

    #[test]
    fn a_page_key_without_text_or_with_a_nul_is_refused() {
        assert!(check_page_key("page", "").is_err());
        assert!(check_page_key("page", "/a\0b").is_err());
    }
}
