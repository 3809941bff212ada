//! Ports that nobody uses.

use anyhow::Context;
use std::net::TcpListener;

/// Below those that the system lends to clients (from 32768): a port must still be free when a program that was killed comes back.
const CANDIDATES: std::ops::Range<u16> = 20_000..32_000;

/// As many ports of the loopback as an array holds, all different, free a moment ago.
///
/// # Errors
/// There are not so many.
pub fn free<const COUNT: usize>() -> anyhow::Result<[u16; COUNT]> {
    // Held until all are found, so that none is found twice.
    let mut held = CANDIDATES.filter_map(|port| Some((port, TcpListener::bind(("127.0.0.1", port)).ok()?)));
    let found: Vec<(u16, TcpListener)> = held.by_ref().take(COUNT).collect();
    let ports = found.iter().map(|(port, _)| *port).collect::<Vec<_>>();
    ports.try_into().ok().with_context(|| format!("{COUNT} free ports are needed, and are not to be had"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice() {
        let mut ports = free::<20>().unwrap();
        ports.sort_unstable();
        assert!(ports.windows(2).all(|pair| pair[0] < pair[1]), "{ports:?}");
    }
}
