//! Random bytes that nobody can guess.

use afterword_wire::RequestId;

/// As many random bytes as asked for; all zero where the browser has no source, which no supported browser lacks.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // Fails only past 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A new device secret: 256 bits, base64url without padding.
#[must_use]
pub fn device_secret() -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = bytes::<32>();
    let mut text = String::with_capacity(afterword_wire::limits::DEVICE_SECRET_CHARS);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain([&0, &0]).take(3).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in 0..=chunk.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

/// A new request id.
#[must_use]
pub fn request_id(now_ms: i64) -> RequestId {
    RequestId::from_parts(u64::try_from(now_ms).unwrap_or(0), bytes())
}
