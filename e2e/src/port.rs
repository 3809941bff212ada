//! Ports nobody listens on.

use std::net::{Ipv4Addr, TcpListener};

/// A port that was free a moment ago on `127.0.0.1`.
///
/// # Errors
/// The system gives out no port.
pub fn free() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
