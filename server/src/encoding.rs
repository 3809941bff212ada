//! Compression of answers that are kept and sent many times.

use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// A painted thread of 50 comments (90 kB) is 14.4 kB at quality 5, 14.3 at 9 and 12.7 at 11, in 1 : 4 : 14 of the time. So 5 for
/// what is asked once, 11 for what is asked again and again, and nothing between.
const QUICK_BROTLI_QUALITY: u32 = 5;
const THOROUGH_BROTLI_QUALITY: u32 = 11;
/// A window of 256 kB: a slice fits, and compressing it does not claim megabytes.
const BROTLI_WINDOW_BITS: u32 = 18;
const BROTLI_BUFFER_BYTES: usize = 4096;

/// How much work packing is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Someone waits for it.
    Quick,
    /// It will be sent many times.
    Thorough,
}

/// How the bytes of an answer are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Not at all.
    Identity,
    /// gzip.
    Gzip,
    /// brotli.
    Brotli,
}

impl Encoding {
    /// The best encoding this client takes.
    pub fn accepted_by(headers: &HeaderMap) -> Self {
        let offers = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut best = Self::Identity;
        for offer in offers.flat_map(|value| value.split(',')) {
            let (name, parameters) = offer.split_once(';').unwrap_or((offer, ""));
            if is_refused(parameters) {
                continue;
            }
            match name.trim() {
                "br" => return Self::Brotli,
                "gzip" | "x-gzip" => best = Self::Gzip,
                _ => {}
            }
        }
        best
    }

    /// The value of `Content-Encoding`; `None` for identity.
    pub fn content_encoding(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }

    /// What tells apart the ETags of the same answer in different packings.
    pub fn etag_suffix(self, effort: Effort) -> &'static str {
        match (self, effort) {
            (Self::Identity, _) => "",
            (Self::Gzip, _) => "-gz",
            (Self::Brotli, Effort::Quick) => "-br",
            (Self::Brotli, Effort::Thorough) => "-br11",
        }
    }

    /// Packs bytes. Takes milliseconds for a long slice, thoroughly a quarter of a second.
    ///
    /// # Errors
    /// None in practice: writing to memory does not fail.
    pub fn pack(self, bytes: Vec<u8>, effort: Effort) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
                encoder.write_all(&bytes)?;
                encoder.finish()
            }
            Self::Brotli => {
                let packed = Vec::with_capacity(bytes.len() / 4);
                let quality = match effort {
                    Effort::Quick => QUICK_BROTLI_QUALITY,
                    Effort::Thorough => THOROUGH_BROTLI_QUALITY,
                };
                let mut encoder = brotli::CompressorWriter::new(packed, BROTLI_BUFFER_BYTES, quality, BROTLI_WINDOW_BITS);
                encoder.write_all(&bytes)?;
                Ok(encoder.into_inner())
            }
        }
    }
}

fn is_refused(parameters: &str) -> bool {
    let quality = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
    quality.is_some_and(|quality| quality.trim().parse() == Ok(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn accepted(offer: &'static str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(offer));
        Encoding::accepted_by(&headers)
    }

    #[test]
    fn the_best_encoding_on_offer_is_taken() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(accepted("gzip;q=0.5, deflate"), Encoding::Gzip);
        assert_eq!(accepted("br;q=0, gzip;q=0.000"), Encoding::Identity);
        assert_eq!(Encoding::accepted_by(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn what_was_packed_reads_back() {
        let text = b"The thread stands under the article. ".repeat(200);
        let packed = Encoding::Brotli.pack(text.clone(), Effort::Quick).expect("memory takes it");
        let mut read = Vec::new();
        brotli::Decompressor::new(&packed[..], 4096).read_to_end(&mut read).expect("it is brotli");
        assert_eq!(read, text);
        let packed = Encoding::Gzip.pack(text.clone(), Effort::Quick).expect("memory takes it");
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut read).expect("it is gzip");
        assert_eq!(read, text);
    }
}
