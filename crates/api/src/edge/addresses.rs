//! The caller's address: the other end of the connection, unless that is a trusted proxy.
//!
//! Only `X-Forwarded-For` is read, only from a trusted peer, and only from its right end: the
//! caller can write anything further left. `Forwarded`, `X-Real-IP` and similar headers are
//! ignored.

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use vinculo_domain::{Refusal, Result};

const FORWARDED_FOR: &str = "x-forwarded-for";
/// The widest network that may be trusted: a wider one would trust almost everybody.
const WIDEST: u8 = 8;

/// The networks of the proxies in front of the service.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Parses addresses and networks in CIDR form; refuses a network that would trust everybody.
    pub fn parse(texts: &[String]) -> Result<Self> {
        texts
            .iter()
            .map(|text| network(text.trim()))
            .collect::<Result<_>>()
            .map(Self)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The caller's address. A request that did not come over a socket has none.
    pub fn caller(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| {
            peer.ip().to_canonical()
        });
        let lines = headers.get_all(FORWARDED_FOR).rev();
        let mut hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        while self.trusts(caller) {
            // An entry that is not an address ends the chain: only the proxy that wrote it is
            // known.
            match hops.next().map(|hop| hop.trim().parse::<IpAddr>()) {
                Some(Ok(hop)) => caller = hop.to_canonical(),
                _ => break,
            }
        }
        caller
    }

    /// Whether a connection comes from a trusted proxy, which carries many callers.
    pub fn is_proxy(&self, peer: SocketAddr) -> bool {
        self.trusts(peer.ip().to_canonical())
    }
}

fn network(text: &str) -> Result<IpNet> {
    let wrong = |why: &str| Refusal::internal(format!("trusted_proxies: {text}: {why}"));
    let network: IpNet = text
        .parse()
        .or_else(|_error| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_error| wrong("neither an address nor a network such as 10.0.0.0/8"))?;
    let mapped = matches!(network, IpNet::V6(net) if net.addr().to_ipv4_mapped().is_some());
    if network.prefix_len() < WIDEST {
        Err(wrong("would trust everybody; name your proxies"))
    } else if mapped {
        Err(wrong("write it as IPv4"))
    } else {
        Ok(network)
    }
}

/// What counts as one caller: an IPv4 address, or the IPv6 network assigned to one customer.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn proxies(texts: &[&str]) -> Result<TrustedProxies> {
        TrustedProxies::parse(
            &texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn nobody_may_trust_everybody() {
        for bad in [
            "0.0.0.0/0",
            "::/0",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "::/1",
            "::ffff:0:0/96",
            "proxy",
            "",
            "10.0.0.0/33",
            "*",
        ] {
            assert!(proxies(&[bad]).is_err(), "{bad}");
        }
        for good in ["10.0.0.0/8", "127.0.0.1", "fd00::/8", "::1", "192.0.2.7/32"] {
            assert!(proxies(&[good]).is_ok(), "{good}");
        }
    }

    #[test]
    fn the_rightmost_hop_that_is_not_ours_is_the_caller() {
        let ours = proxies(&["10.0.0.0/8", "fd00::/8"]).unwrap();
        let from = |peer: &str, lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                let name = HeaderName::from_static(FORWARDED_FOR);
                headers.append(name, HeaderValue::from_str(line).unwrap());
            }
            ours.caller(Some(SocketAddr::new(peer.parse().unwrap(), 1)), &headers)
                .to_string()
        };
        for (peer, lines, caller) in [
            ("192.0.2.1", &["198.51.100.9"][..], "192.0.2.1"),
            ("10.0.0.1", &[][..], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.9"][..], "198.51.100.9"),
            (
                "::ffff:10.0.0.1",
                &["::ffff:198.51.100.9"][..],
                "198.51.100.9",
            ),
            ("10.0.0.1", &["6.6.6.6, 198.51.100.9"][..], "198.51.100.9"),
            ("10.0.0.1", &["6.6.6.6", "198.51.100.9"][..], "198.51.100.9"),
            (
                "10.0.0.1",
                &["6.6.6.6, 198.51.100.9, 10.2.3.4"][..],
                "198.51.100.9",
            ),
            ("10.0.0.1", &["6.6.6.6, nobody"][..], "10.0.0.1"),
            (
                "10.0.0.1",
                &["6.6.6.6, 10.9.9.9, , 10.8.8.8"][..],
                "10.8.8.8",
            ),
            ("fd00::1", &["2001:db8::7"][..], "2001:db8::7"),
        ] {
            assert_eq!(from(peer, lines), caller, "{peer} {lines:?}");
        }
    }

    #[test]
    fn an_ipv6_customer_is_one_caller() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
    }
}
