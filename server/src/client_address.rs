//! Whose request this is, by network address.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// Peers whose word on the client's address is taken.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

/// The address of the other end of a connection, put into each request by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

/// What counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

/// Addresses are personal data: they never reach a log.
impl fmt::Debug for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl TrustedProxies {
    /// The networks that are trusted.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl ClientAddress {
    /// The client behind a peer: the peer itself, unless it is a trusted proxy; then the rightmost hop of `X-Forwarded-For`
    /// that is not one. A hop that cannot be read ends the search at the proxy that reported it.
    pub fn find(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> Self {
        let mut client = peer.to_canonical();
        let lines = headers.get_all("x-forwarded-for").iter().collect::<Vec<_>>();
        let hops = lines.iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
        for hop in hops {
            if !proxies.trusts(client) {
                break;
            }
            let Some(address) = read_hop(hop.trim()) else { break };
            client = address;
        }
        Self(network(client))
    }
}

/// Reads `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1` and `[2001:db8::1]:5678`.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let address = hop.parse::<IpAddr>().or_else(|_| hop.parse::<std::net::SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(peer: &str, forwarded: &[&str], proxies: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().expect("a header value"));
        }
        let networks = proxies.iter().map(|network| network.parse().expect("a network")).collect();
        ClientAddress::find(peer.parse().expect("an address"), &headers, &TrustedProxies::new(networks)).0
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn nobody_is_believed_by_default() {
        assert_eq!(find("203.0.113.9", &["198.51.100.1"], &[]), ip("203.0.113.9"));
    }

    #[test]
    fn a_trusted_proxy_is_believed_for_its_own_hop_only() {
        let forged = ["6.6.6.6, 198.51.100.7"];
        assert_eq!(find("10.0.0.1", &forged, &["10.0.0.0/8"]), ip("198.51.100.7"));
        let chain = ["6.6.6.6, 198.51.100.7", "10.0.0.2"];
        assert_eq!(find("10.0.0.1", &chain, &["10.0.0.0/8"]), ip("198.51.100.7"));
    }

    #[test]
    fn a_hop_that_cannot_be_read_does_not_become_the_client() {
        assert_eq!(find("10.0.0.1", &["6.6.6.6, unknown"], &["10.0.0.0/8"]), ip("10.0.0.1"));
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one_client() {
        assert_eq!(find("2001:db8:1:2:3::4", &[], &[]), find("2001:db8:1:2:ffff::1", &[], &[]));
        assert_ne!(find("2001:db8:1:2::1", &[], &[]), find("2001:db8:1:3::1", &[], &[]));
    }

    #[test]
    fn a_mapped_address_is_the_address_it_maps() {
        assert_eq!(find("::ffff:203.0.113.9", &[], &[]), ip("203.0.113.9"));
        assert_eq!(find("::ffff:10.0.0.1", &["198.51.100.7:4711"], &["10.0.0.0/8"]), ip("198.51.100.7"));
    }
}
