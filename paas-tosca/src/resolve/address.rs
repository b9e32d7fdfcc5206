//! Addresses that lead to this machine or to what only this machine can reach.

use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Why an address is dangerous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Danger {
    /// This machine itself.
    Loopback,
    /// Link-local: where clouds tell machines their secrets.
    LinkLocal,
    /// No address of a machine at all.
    Nowhere,
}

impl Danger {
    /// The end of a sentence that begins with the host.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Loopback => "is this machine itself",
            Self::LinkLocal => "is a link-local address, where clouds keep the secrets of machines",
            Self::Nowhere => "is no address of a machine",
        }
    }
}

/// Whether a URL leads where no template should; the host in whatever form, since it was parsed.
pub(crate) fn danger(url: &Url) -> Option<Danger> {
    match url.host()? {
        Host::Ipv4(address) => danger_v4(address),
        Host::Ipv6(address) => danger_v6(address),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            if name == "localhost" || name.ends_with(".localhost") || name.ends_with(".localdomain") {
                Some(Danger::Loopback)
            } else if ["metadata.google.internal", "metadata.goog", "metadata", "instance-data"]
                .contains(&name.as_str())
            {
                Some(Danger::LinkLocal)
            } else if let Ok(address) = name.parse::<Ipv4Addr>() {
                // Only of schemes whose hosts are not read as addresses.
                danger_v4(address)
            } else {
                None
            }
        }
    }
}

fn danger_v4(address: Ipv4Addr) -> Option<Danger> {
    // Alibaba's; the others' are link-local.
    const METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
    if address.is_loopback() || address.octets().first() == Some(&0) {
        Some(Danger::Loopback)
    } else if address.is_link_local() || address == METADATA {
        Some(Danger::LinkLocal)
    } else if address.is_multicast() || address.is_broadcast() {
        Some(Danger::Nowhere)
    } else {
        None
    }
}

fn danger_v6(address: Ipv6Addr) -> Option<Danger> {
    // AWS's.
    const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    let [a, b, c, d, e, f, high, low] = address.segments();
    let embedded = || {
        let [h1, h2] = high.to_be_bytes();
        let [l1, l2] = low.to_be_bytes();
        Ipv4Addr::new(h1, h2, l1, l2)
    };
    if address.is_loopback() || address.is_unspecified() {
        Some(Danger::Loopback)
    } else if address.is_unicast_link_local() || address == METADATA {
        Some(Danger::LinkLocal)
    } else if address.is_multicast() {
        Some(Danger::Nowhere)
    } else if let [0, 0, 0, 0, 0, 0 | 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] = [a, b, c, d, e, f] {
        // Mapped, compatible, or translated by NAT64.
        danger_v4(embedded())
    } else if a == 0x2002 {
        // 6to4.
        let [b1, b2] = b.to_be_bytes();
        let [c1, c2] = c.to_be_bytes();
        danger_v4(Ipv4Addr::new(b1, b2, c1, c2))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangers_are_seen_in_every_spelling() {
        let of = |url: &str| danger(&Url::parse(url).expect(url));
        for url in [
            "http://169.254.169.254/latest",
            "http://[::ffff:169.254.169.254]/",
            "http://[::169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:a9fe:a9fe::1]/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
            "http://0xa9.254.0251.254/",
            "http://169.254.43518/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://metadata.google.internal./",
            "http://100.100.100.200/",
        ] {
            assert_eq!(of(url), Some(Danger::LinkLocal), "{url}");
        }
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://0x7f000001/",
            "http://LOCALHOST/",
            "http://a.localhost./",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:7f00:1]/",
            "http://１２７.0.0.1/",
        ] {
            assert_eq!(of(url), Some(Danger::Loopback), "{url}");
        }
        assert_eq!(of("http://255.255.255.255/"), Some(Danger::Nowhere));
        for url in
            ["https://git.bank.test/", "http://10.1.2.3/", "http://[2001:db8::1]/", "http://169.255.1.1/"]
        {
            assert_eq!(of(url), None, "{url}");
        }
    }
}
