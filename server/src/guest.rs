//! Who a request speaks for.

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::guard::Visit;
use afterword_store::TokenHash;
use afterword_wire::ErrorCode;
use afterword_wire::address::BEARER;
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use sha2::{Digest, Sha256};

/// A guest, known by the secret their browser keeps for this site. Only its hash goes further than this module.
#[derive(Clone, Copy, Debug)]
pub struct Guest(pub TokenHash);

impl FromRequestParts<App> for Guest {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let visit = parts.extensions.get::<Visit>();
        let site = &visit.ok_or_else(|| Failure::internal("a guest's request passed no guard"))?.site;
        let token_hash = token_hash(&site.slug, read_secret(&parts.headers)?);
        if parts.method != Method::GET {
            app.limits.count_device(token_hash)?;
        }
        Ok(Self(token_hash))
    }
}

fn read_secret(headers: &HeaderMap) -> Answer<&str> {
    let needed = || {
        let message =
            format!("a device secret must come as `Authorization: Bearer SECRET`: {DEVICE_SECRET_CHARS} characters of base64url");
        Failure::new(ErrorCode::TokenRequired, message)
    };
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = value.and_then(|value| value.strip_prefix(BEARER)).ok_or_else(needed)?;
    if is_secret(secret) { Ok(secret) } else { Err(needed()) }
}

/// Whether a text can be a device secret.
pub fn is_secret(text: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.len() == DEVICE_SECRET_CHARS && text.bytes().all(is_base64url)
}

/// What the store knows a device by: bound to the site, so that one secret is two strangers on two sites.
pub fn token_hash(slug: &str, secret: &str) -> TokenHash {
    let mut hash = Sha256::new();
    hash.update(slug);
    hash.update([0]);
    hash.update(secret);
    TokenHash(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(authorization: &str) -> Option<ErrorCode> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization.parse().expect("a header value"));
        read_secret(&headers).err().map(|failure| failure.code())
    }

    #[test]
    fn only_256_bits_of_base64url_are_a_secret() {
        assert_eq!(code(&format!("Bearer {}", "aA0-_".repeat(9)[..43].to_owned())), None);
        for wrong in
            [format!("Bearer {}", "a".repeat(42)), format!("Bearer {}=", "a".repeat(42)), format!("Basic {}", "a".repeat(43))]
        {
            assert_eq!(code(&wrong), Some(ErrorCode::TokenRequired), "{wrong}");
        }
        assert!(read_secret(&HeaderMap::new()).is_err());
    }

    #[test]
    fn one_secret_is_two_strangers_on_two_sites() {
        assert_ne!(token_hash("a", "secret"), token_hash("b", "secret"));
        assert_ne!(token_hash("ab", "c"), token_hash("a", "bc"));
    }
}
