//! Units that give sidekicks to each other.
//!
//! The name of a sidekick is free when its unit was upgraded without it. Where sidekicks go round, no unit can be the
//! first: one of them is made anew.

use super::{
    Difference,
    index::{Entry, Index, unit},
    service::Fate,
};
use std::collections::{BTreeMap, BTreeSet};

/// The units by which circles are broken, and why they are made anew.
pub(super) fn broken<'a>(
    old: &'a Index<'a>,
    new: &'a Index<'a>,
    difference: &Difference,
    stays: impl Fn(&Entry<'_>) -> bool,
) -> BTreeMap<&'a str, String> {
    // To whom units give sidekicks, and from how many they get some.
    let mut gives: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut waits: BTreeMap<&str, usize> = BTreeMap::new();
    for service in difference.services.iter().filter(|service| service.fate == Fate::Recreated) {
        let (Some(before), Some(after)) = (old.find(&service.service), new.find(&service.service)) else {
            continue;
        };
        if before.service.sidekick().is_none() || after.service.sidekick().is_none() {
            continue;
        }
        let (from, to) = (unit(before.service), unit(after.service));
        let is_among = from != to && [from, to].iter().all(|name| new.find(name).is_some_and(&stays));
        if is_among && gives.entry(from).or_default().insert(to) {
            *waits.entry(to).or_default() += 1;
        }
    }
    let all: Vec<&str> = waits.keys().copied().collect();
    let mut free: Vec<&str> = gives.keys().filter(|name| !waits.contains_key(*name)).copied().collect();
    let mut anew = BTreeMap::new();
    for name in all {
        while let Some(free_now) = free.pop() {
            for receiver in gives.remove(free_now).unwrap_or_default() {
                if let Some(count) = waits.get_mut(receiver) {
                    *count -= 1;
                    if *count == 0 {
                        waits.remove(receiver);
                        free.push(receiver);
                    }
                }
            }
        }
        // What gives nothing is in no circle: it waits for one.
        if waits.contains_key(name) && gives.contains_key(name) {
            waits.remove(name);
            free.push(name);
            anew.insert(
                name,
                "sidekicks go round between it and other services, so none can be upgraded first".to_owned(),
            );
        }
    }
    anew
}
