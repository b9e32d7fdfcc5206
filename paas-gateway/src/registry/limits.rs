//! Failed logins are slowed down: each costs Keystone a third of a second of a core, and may be a guess.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How failed logins are slowed down. They are counted by account and address together, so that a stranger locks nobody
/// out, and by address alone, so that a stranger does not try one account after another.
///
/// After [`per_account`](Self::per_account) of them, or [`per_address`](Self::per_address), no login is tried for a
/// second, after the next failure for two, and so on up to [`longest`](Self::longest). A login that works ends the count
/// of its account. After twice the longest time without a failure, all is forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginLimits {
    /// So many may fail from one address for one account.
    pub per_account: u32,
    /// So many may fail from one address.
    pub per_address: u32,
    /// The longest wait.
    pub longest: Duration,
    /// How many accounts and addresses are counted at most. When there are more, the ones forgotten are those whose last
    /// failure is the longest ago.
    pub entries: usize,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self { per_account: 5, per_address: 50, longest: Duration::from_secs(60), entries: 10_000 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String, Option<IpAddr>),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    last: Duration,
}

/// The failed logins of late.
#[derive(Debug)]
pub(super) struct Failures {
    limits: LoginLimits,
    counts: Mutex<HashMap<Key, Count>>,
}

impl Failures {
    pub(super) fn new(limits: LoginLimits) -> Self {
        Self { limits, counts: Mutex::default() }
    }

    /// How long a login of this account from here has to wait; `None`: it may be tried.
    pub(super) fn wait(&self, account: &str, address: Option<IpAddr>, now: Duration) -> Option<Duration> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |key: &Key| {
            let count = counts.get(key)?;
            count.last.saturating_add(self.pause(key, *count)).checked_sub(now).filter(|left| !left.is_zero())
        };
        keys(account, address).iter().filter_map(left).max()
    }

    pub(super) fn failed(&self, account: &str, address: Option<IpAddr>, now: Duration) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(account, address) {
            if !counts.contains_key(&key) && counts.len() >= self.limits.entries {
                self.make_room(&mut counts, now);
            }
            let count = counts.entry(key).or_insert(Count { failures: 0, last: now });
            let is_old = self.is_old(count, now);
            *count = Count { failures: if is_old { 1 } else { count.failures.saturating_add(1) }, last: now };
        }
    }

    pub(super) fn worked(&self, account: &str, address: Option<IpAddr>) {
        let key = Key::Account(account.to_owned(), address.map(place));
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    fn is_old(&self, count: &Count, now: Duration) -> bool {
        count.last.saturating_add(self.limits.longest.saturating_mul(2)) < now
    }

    fn pause(&self, key: &Key, count: Count) -> Duration {
        let free = match key {
            Key::Account(..) => self.limits.per_account,
            Key::Address(_) => self.limits.per_address,
        };
        match count.failures.checked_sub(free.max(1)) {
            None => Duration::ZERO,
            Some(over) => Duration::from_secs(1_u64 << over.min(20)).min(self.limits.longest),
        }
    }

    fn make_room(&self, counts: &mut HashMap<Key, Count>, now: Duration) {
        counts.retain(|_, count| !self.is_old(count, now));
        while counts.len() >= self.limits.entries.max(1) {
            let Some(oldest) = counts.iter().min_by_key(|(_, count)| count.last).map(|(key, _)| key.clone())
            else {
                return;
            };
            counts.remove(&oldest);
        }
    }
}

fn keys(account: &str, address: Option<IpAddr>) -> Vec<Key> {
    let address = address.map(place);
    let account = Key::Account(account.to_owned(), address);
    std::iter::once(account).chain(address.map(Key::Address)).collect()
}

/// Where an address counts: of IPv6, the network, since whoever has one address has all of it.
fn place(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failures, LoginLimits};
    use std::{net::IpAddr, time::Duration};

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1)));
    const THERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2)));

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn waits_grow_up_to_the_longest_and_end() {
        let failures =
            Failures::new(LoginLimits { per_account: 3, longest: seconds(5), ..LoginLimits::default() });
        for expected in [None, None, Some(1), Some(2), Some(4), Some(5), Some(5)] {
            failures.failed("anna", HERE, seconds(10));
            assert_eq!(failures.wait("anna", HERE, seconds(10)), expected.map(seconds));
        }
        assert_eq!(failures.wait("anna", HERE, seconds(14)), Some(seconds(1)));
        assert_eq!(failures.wait("anna", HERE, seconds(15)), None);
        assert_eq!(failures.wait("anna", THERE, seconds(10)), None, "a stranger locks nobody out");
        assert_eq!(failures.wait("bert", HERE, seconds(10)), None);
        failures.failed("anna", HERE, seconds(21));
        assert_eq!(failures.wait("anna", HERE, seconds(21)), None, "what is long ago is forgotten");
    }

    #[test]
    fn a_login_that_works_ends_the_count_of_its_account_only() {
        let failures =
            Failures::new(LoginLimits { per_account: 1, per_address: 3, ..LoginLimits::default() });
        for account in ["anna", "bert", "carl"] {
            failures.failed(account, HERE, seconds(1));
            failures.worked(account, HERE);
        }
        assert_eq!(failures.wait("dora", HERE, seconds(1)), Some(seconds(1)), "one account after another");
        assert_eq!(failures.wait("anna", THERE, seconds(1)), None);
    }

    #[test]
    fn all_addresses_of_a_network_count_as_one() {
        let failures = Failures::new(LoginLimits { per_account: 2, ..LoginLimits::default() });
        let address = |text: &str| Some(text.parse().unwrap());
        for end in 1..=2 {
            failures.failed("anna", address(&format!("2001:db8::{end}")), seconds(1));
        }
        assert!(failures.wait("anna", address("2001:db8::ffff"), seconds(1)).is_some());
        assert!(failures.wait("anna", address("2001:db8:0:1::1"), seconds(1)).is_none());
        for text in ["10.0.0.1", "::ffff:10.0.0.1"] {
            failures.failed("bert", address(text), seconds(1));
        }
        assert!(failures.wait("bert", HERE, seconds(1)).is_some());
        // No limit is too long to be counted with.
        let patient = Failures::new(LoginLimits { longest: Duration::MAX, ..LoginLimits::default() });
        (0..99).for_each(|n| patient.failed("anna", HERE, seconds(n)));
        assert!(patient.wait("anna", HERE, seconds(99)).is_some());
    }

    #[test]
    fn what_is_counted_is_bounded() {
        let failures = Failures::new(LoginLimits { per_account: 1, entries: 4, ..LoginLimits::default() });
        for n in 0..100 {
            failures.failed(&format!("user-{n}"), None, seconds(n));
        }
        assert_eq!(failures.counts.lock().unwrap().len(), 4);
        assert!(failures.wait("user-99", None, seconds(99)).is_some());
        assert!(failures.wait("user-0", None, seconds(0)).is_none());
    }
}
