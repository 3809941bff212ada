//! What shows that a form was given out by this server, to this browser.

use crate::device_cookie::{DeviceCookie, base64url};
use afterword_wire::RequestId;
use sha2::{Digest, Sha256};

/// The token of a form: made from the browser's secret for the site and the form's request id. A page that cannot read the cookie
/// cannot make it, and no two forms share one, so that nothing constant stands beside text from outside.
///
/// Both inputs have a fixed length, and hashing twice leaves nothing to extend.
pub fn form_token(cookie: &DeviceCookie, slug: &str, request_id: &RequestId) -> String {
    let mut hash = Sha256::new();
    for part in ["afterword form", &cookie.site_secret(slug), request_id.as_str()] {
        hash.update(part);
        hash.update([0]);
    }
    base64url(&Sha256::digest(hash.finalize()))
}

/// Whether a token that came is the one expected; takes the same time wherever they differ.
pub fn is_same_token(came: &str, expected: &str) -> bool {
    let differing = came.bytes().zip(expected.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    came.len() == expected.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_token_holds_for_one_browser_one_site_and_one_form() {
        let (mine, yours) = (DeviceCookie::make(&SystemRandom), DeviceCookie::make(&SystemRandom));
        let (first, second) = (RequestId::from_parts(1, [1; 16]), RequestId::from_parts(1, [2; 16]));
        let token = form_token(&mine, "blog", &first);
        assert!(is_same_token(&form_token(&mine, "blog", &first), &token));
        for other in [form_token(&yours, "blog", &first), form_token(&mine, "other", &first), form_token(&mine, "blog", &second)]
        {
            assert!(!is_same_token(&other, &token));
        }
        assert!(!is_same_token("", &token) && !is_same_token(&token[..42], &token));
    }
}
