//! Ids as newtypes, written as text so that no client rounds them.

use crate::Timestamp;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's base 32, lower case: sorts like the number, has no look-alike letters.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits of an id: 13 × 5 bits hold 64.
const ID_CHARS: usize = 13;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: 13 characters of 0-9 a-z without i l o u are expected")
    }
}

fn write_digits(id: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [0u8; ID_CHARS];
    for (place, digit) in text.iter_mut().enumerate() {
        *digit = DIGITS[(id >> (5 * (ID_CHARS - 1 - place)) & 31) as usize];
    }
    f.write_str(core::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

fn read_digits(text: &str) -> Result<u64, InvalidId> {
    if text.len() != ID_CHARS {
        return Err(InvalidId);
    }
    text.bytes().try_fold(0u64, |id, byte| {
        let digit = DIGITS.iter().position(|d| *d == byte).ok_or(InvalidId)?;
        if id >> 59 != 0 {
            return Err(InvalidId);
        }
        Ok(id << 5 | digit as u64)
    })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_digits(self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_digits(self.0, f)
            }
        }
        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                read_digits(text).map($name)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                String::schema()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

id! {
    /// One comment. Made by the server: 63 bits, ordered by time, unique across processes. `#comment-<id>` is its permalink.
    CommentId
}
/// 2000-01-01T00:00:00Z, so that imported comments sort before ours: 42 bits of milliseconds from here last until 2139.
pub const ID_EPOCH_MS: i64 = 946_684_800_000;
/// Bits of an id that hold the milliseconds.
const ID_TIME_BITS: u32 = 42;
/// Bits below the milliseconds, filled at random so that two processes do not meet.
pub const ID_RANDOM_BITS: u32 = 21;

impl CommentId {
    /// The least id of a comment written at that time. Times before the year 2000 count as its beginning, times past what fits as
    /// the end.
    #[must_use]
    pub fn first_of(time: Timestamp) -> Self {
        let ms = time.0.saturating_sub(ID_EPOCH_MS).clamp(0, (1 << ID_TIME_BITS) - 1);
        Self(ms.cast_unsigned() << ID_RANDOM_BITS)
    }
}

id! {
    /// Who wrote a comment, within one site. Random; says nothing of name, e-mail or device secret.
    AuthorId
}

id! {
    /// One entry of a thread's log of changes. Made by the server: 63 bits, ordered by time; later entries of a thread have
    /// greater ids.
    ChangeId
}

/// Names one write so that a repetition is recognised: a UUID, version 7, made by the client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct RequestId(String);

impl RequestId {
    /// Takes a UUID in its hyphenated lower-case form.
    ///
    /// # Errors
    /// The text has another length, or holds anything but hexadecimal digits and the four hyphens.
    pub fn new(text: String) -> Result<Self, InvalidRequestId> {
        let is_uuid = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            });
        if is_uuid { Ok(Self(text)) } else { Err(InvalidRequestId) }
    }

    /// A UUID version 7 from the time (milliseconds since 1970) and 16 random bytes.
    #[must_use]
    pub fn from_parts(now_ms: u64, random: [u8; 16]) -> Self {
        let mut bytes = random;
        bytes[..6].copy_from_slice(&now_ms.to_be_bytes()[2..]);
        bytes[6] = 0x70 | bytes[6] & 0x0f;
        bytes[8] = 0x80 | bytes[8] & 0x3f;
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
            text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
        Self(text)
    }

    /// The UUID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a request id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidRequestId;

impl fmt::Display for InvalidRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a request id: a UUID like 01890a5d-ac96-774b-bcce-b302099a8057 is expected")
    }
}

impl<'de> Deserialize<'de> for RequestId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RequestId::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        for id in [0, 1, 31, 32, u64::MAX >> 1, u64::MAX] {
            assert_eq!(CommentId(id).to_string().parse(), Ok(CommentId(id)));
        }
    }

    #[test]
    fn texts_of_ids_sort_like_the_ids() {
        assert!(CommentId(31).to_string() < CommentId(32).to_string());
        assert!(CommentId(1 << 40).to_string() < CommentId((1 << 40) + 1).to_string());
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "1", "zzzzzzzzzzzzz", "0000000000000000", "000000000000u", "00000000 0000"] {
            assert_eq!(text.parse::<CommentId>(), Err(InvalidId), "{text:?}");
        }
    }

    #[test]
    fn a_request_id_from_parts_is_a_version_7_uuid_of_that_time() {
        let id = RequestId::from_parts(0x0123_4567_89ab, [0xff; 16]);
        assert_eq!(id.as_str(), "01234567-89ab-7fff-bfff-ffffffffffff");
        assert_eq!(RequestId::new(id.as_str().to_owned()), Ok(id));
    }

    #[test]
    fn a_request_id_that_is_no_uuid_is_refused() {
        assert!(RequestId::new("x".repeat(36)).is_err());
        assert!(RequestId::new("01234567-89AB-7fff-bfff-ffffffffffff".to_owned()).is_err());
    }
}
