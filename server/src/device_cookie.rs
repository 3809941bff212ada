//! Who writes by the forms of our own document: a first-party cookie with a device secret. No other address reads or sets it.

use crate::guest;
use crate::random::Random;
use afterword_store::TokenHash;
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// The prefix has browsers hold it to this host, to https and to every path: no neighbour can plant or read it.
const NAME: &str = "__Host-afterword";
/// 400 days, the longest that browsers keep a cookie.
const MAX_AGE_S: u32 = 400 * 24 * 3600;

/// A device secret of this server's own origin: 256 bits as base64url. Each site gets a secret of its own made from it.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceCookie(String);

impl std::fmt::Debug for DeviceCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl DeviceCookie {
    /// The cookie that came with a request; `None` when there is none, or not one of ours.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let found = pairs.find(|(name, value)| *name == NAME && guest::is_secret(value));
        found.map(|(_, value)| Self(value.to_owned()))
    }

    /// A new one.
    pub fn make(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_exact_mut(8) {
            chunk.copy_from_slice(&random.bits().to_be_bytes());
        }
        Self(base64url(&bytes))
    }

    /// What makes a browser keep it: out of scripts' reach, and not sent with what other sites start but for plain links.
    /// `None` never comes: base64url is fit for a header.
    pub fn to_header(&self) -> Option<HeaderValue> {
        let Self(secret) = self;
        let line = format!("{NAME}={secret}; Path=/; Max-Age={MAX_AGE_S}; Secure; HttpOnly; SameSite=Lax");
        HeaderValue::from_str(&line).ok()
    }

    /// The device secret for one site, which says nothing of the cookie or of the secret for another site.
    pub fn site_secret(&self, slug: &str) -> String {
        let mut hash = Sha256::new();
        for part in ["afterword site secret", slug, &self.0] {
            hash.update(part);
            hash.update([0]);
        }
        base64url(&hash.finalize())
    }

    /// What the store knows the device by on a site.
    pub fn token_hash(&self, slug: &str) -> TokenHash {
        guest::token_hash(slug, &self.site_secret(slug))
    }
}

/// Base64 in the alphabet for addresses, without padding (RFC 4648).
pub fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(DEVICE_SECRET_CHARS);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let digits = [18, 12, 6, 0].map(|shift| char::from(DIGITS[(bits >> shift & 63) as usize]));
        text.extend(&digits[..=chunk.len()]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    fn cookie(line: &str) -> Option<DeviceCookie> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, line.parse().expect("a header value"));
        DeviceCookie::read(&headers)
    }

    #[test]
    fn base64url_is_that_of_the_standard() {
        let written = ["", "f", "fo", "foo", "foob"].map(|text| base64url(text.as_bytes()));
        assert_eq!(written, ["", "Zg", "Zm8", "Zm9v", "Zm9vYg"]);
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn a_cookie_reads_back_what_was_set() {
        let made = DeviceCookie::make(&SystemRandom);
        let header = made.to_header().expect("a header");
        let line = header.to_str().expect("text");
        let pair = line.split(';').next().expect("a pair");
        assert_eq!(cookie(&format!("theme=dark; {pair}; x")), Some(made));
        for wanted in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;"] {
            assert!(line.contains(wanted), "{line}");
        }
        assert!(!line.contains("Domain"));
    }

    #[test]
    fn what_is_no_secret_is_no_cookie_of_ours() {
        let secret = "a".repeat(43);
        assert!(cookie(&format!("{NAME}={secret}")).is_some());
        for line in [format!("afterword={secret}"), format!("{NAME}={secret}a"), format!("{NAME}="), format!("x{NAME}={secret}")]
        {
            assert_eq!(cookie(&line), None, "{line}");
        }
    }

    #[test]
    fn the_secret_for_one_site_is_useless_on_another() {
        let device = DeviceCookie::make(&SystemRandom);
        let (blog, other) = (device.site_secret("blog"), device.site_secret("other"));
        assert!(guest::is_secret(&blog) && blog != other && blog != device.0);
        assert_eq!(device.token_hash("blog"), guest::token_hash("blog", &blog));
        assert_ne!(device.token_hash("other"), guest::token_hash("other", &blog));
    }
}
