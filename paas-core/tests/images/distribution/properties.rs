//! Zones in which anything is pushed, deleted, lost and told twice.

use super::{ZONES, at, digest, right, rule, web, zone};
use paas_core::{
    access::Action,
    images::{
        Digest,
        distribution::{
            Distributed, Distribution, DistributionOrder, Sight, Sights, Standing, ZoneName, distribute,
        },
        promotion::FailureKind,
    },
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Act {
    /// Somebody pushes; the notification arrives so often, maybe never.
    Push(usize, u8, u8),
    Delete(usize),
    Sweep,
    /// A zone does not answer from now on, or does again.
    Answers(usize, bool),
    /// A copy ends well, and raises a notification of its own, so often.
    Finish(usize, u8),
    Fail(usize, FailureKind),
    /// The distributor dies: what it copies is cut off, and it does not know of it.
    Die,
    Replace(usize),
    TakeOver(usize),
    Pass(u32),
}

fn acts() -> impl Strategy<Value = Act> {
    let index = || 0usize..3;
    prop_oneof![
        4 => (index(), 1u8..5, 0u8..3).prop_map(|(zone, number, told)| Act::Push(zone, number, told)),
        1 => index().prop_map(Act::Delete),
        3 => Just(Act::Sweep),
        1 => (index(), any::<bool>()).prop_map(|(zone, answers)| Act::Answers(zone, answers)),
        4 => (index(), 0u8..3).prop_map(|(copy, told)| Act::Finish(copy, told)),
        1 => (index(), prop::sample::select(FailureKind::ALL)).prop_map(|(copy, kind)| Act::Fail(copy, kind)),
        1 => Just(Act::Die),
        1 => index().prop_map(Act::Replace),
        1 => index().prop_map(Act::TakeOver),
        2 => (1u32..5_000).prop_map(Act::Pass),
    ]
}

#[derive(Debug)]
struct World {
    held: [Option<Digest>; 3],
    answers: [bool; 3],
    record: Option<Distributed>,
    running: Vec<DistributionOrder>,
    now: u32,
    /// Whether a person put there what a zone holds.
    by_hand: [bool; 3],
    /// What was ever ordered to a zone, and what a person said may be replaced there.
    ours: BTreeSet<(ZoneName, Digest)>,
    copies: usize,
}

impl World {
    fn new() -> Self {
        Self {
            held: [None, None, None],
            answers: [true; 3],
            record: None,
            running: Vec::new(),
            now: 0,
            by_hand: [false; 3],
            ours: BTreeSet::new(),
            copies: 0,
        }
    }

    fn index(name: &ZoneName) -> usize {
        ZONES.iter().position(|zone| *zone == name.as_str()).unwrap()
    }

    fn look(&mut self, pushed_in: Option<usize>) -> Distribution {
        let mut sights = Sights::new();
        for (index, name) in ZONES.into_iter().enumerate() {
            let sight = match (&self.held[index], self.answers[index]) {
                (_, false) => Sight::Unknown,
                (Some(digest), true) => Sight::Holds(digest.clone()),
                (None, true) => Sight::Nothing,
            };
            sights.see(zone(name), sight);
        }
        for order in &self.running {
            sights.copying(order.to.clone(), order.digest.clone());
        }
        if let Some(index) = pushed_in {
            sights = sights.pushed_in(zone(ZONES[index]));
        }
        let before = self.record.clone();
        let seen = distribute(&web(), &rule(), before.as_ref(), &sights, at(self.now));
        assert_eq!(seen.writes, seen.record != before);
        if let (Some(before), Some(after)) = (&before, &seen.record)
            && before.origin != after.origin
        {
            // What a zone held that it belonged to, may be replaced.
            self.ours.extend(before.digest.clone().map(|digest| (before.origin.clone(), digest)));
        }
        let json = serde_json::to_string(&seen.record).unwrap();
        assert_eq!(serde_json::from_str::<Option<Distributed>>(&json).unwrap(), seen.record);
        self.record.clone_from(&seen.record);
        // What is the same follows what it is the same as.
        for (name, _) in seen.standings.iter().filter(|(_, standing)| **standing == Standing::InStep) {
            self.ours.extend(self.held[Self::index(name)].clone().map(|digest| (name.clone(), digest)));
        }
        for order in &seen.orders {
            // Never to where it is, nor to where it comes from, nor two at once.
            assert_eq!(Some(&order.digest), self.held[Self::index(&order.from)].as_ref());
            assert_ne!(Some(&order.digest), self.held[Self::index(&order.to)].as_ref());
            assert!(order.from != order.to && self.running.iter().all(|running| running.to != order.to));
            self.ours.insert((order.to.clone(), order.digest.clone()));
            self.running.push(order.clone());
        }
        seen
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Push(index, number, told) => {
                self.held[*index] = Some(digest(*number));
                self.by_hand[*index] = true;
                for _ in 0..*told {
                    let _ = self.look(Some(*index));
                }
            }
            Act::Delete(index) => self.held[*index] = None,
            Act::Sweep => {
                let _ = self.look(None);
            }
            Act::Answers(index, answers) => self.answers[*index] = *answers,
            Act::Finish(index, told) => {
                if !self.running.is_empty() {
                    let order = self.running.remove(index % self.running.len());
                    self.finish(&order);
                    for _ in 0..*told {
                        let _ = self.look(Some(Self::index(&order.to)));
                    }
                }
            }
            Act::Fail(index, kind) => {
                if !self.running.is_empty() {
                    let order = self.running.remove(index % self.running.len());
                    self.fail(&order.to, *kind);
                }
            }
            Act::Die => self.running.clear(),
            Act::Replace(index) => {
                if let (Some(record), Some(there)) = (self.record.clone(), self.held[*index].clone())
                    && record.origin.as_str() != ZONES[*index]
                {
                    let name = zone(ZONES[*index]);
                    self.ours.insert((name.clone(), there.clone()));
                    self.record = Some(record.replace(&name, there, &right(Action::Update)).unwrap());
                }
            }
            Act::TakeOver(index) => {
                if let Some(record) = self.record.clone() {
                    let before = (record.origin.clone(), record.digest.clone());
                    self.ours.extend(before.1.map(|digest| (before.0, digest)));
                    self.record =
                        Some(record.take_over(&zone(ZONES[*index]), &right(Action::Update)).unwrap());
                }
            }
            Act::Pass(seconds) => self.now += seconds,
        }
    }

    fn fail(&mut self, to: &ZoneName, kind: FailureKind) {
        self.record =
            self.record.as_ref().map(|record| record.failed(to, kind, "it did not work", at(self.now)));
    }

    /// A copy writes, if what is there may be replaced.
    fn finish(&mut self, order: &DistributionOrder) {
        let to = Self::index(&order.to);
        let there = self.held[to].clone();
        let may = there.as_ref().is_none_or(|there| *there == order.digest || order.replaces.contains(there));
        if !may {
            return self.fail(&order.to, FailureKind::TagConflict);
        }
        if let Some(there) = there.filter(|there| *there != order.digest) {
            assert!(
                self.ours.contains(&(order.to.clone(), there)),
                "a person's content was written over: {order:?}"
            );
        }
        self.held[to] = Some(order.digest.clone());
        self.by_hand[to] = false;
        self.copies += 1;
    }

    /// All answer, and nothing fails any more: it comes to rest, in step but for what is a person's to decide.
    fn settles(mut self) {
        self.answers = [true; 3];
        self.running.clear();
        self.copies = 0;
        for _ in 0..3 {
            self.now += 10_000;
            for name in ZONES {
                self.record = self
                    .record
                    .as_ref()
                    .map(|record| record.retry(&zone(name), &right(Action::Sync)).unwrap());
            }
            let _ = self.look(None);
            // Each notification of our own copies arrives twice.
            while let Some(order) = self.running.pop() {
                self.finish(&order);
                let _ = self.look(Some(Self::index(&order.to)));
                let _ = self.look(Some(Self::index(&order.to)));
            }
        }
        assert!(self.copies <= 2, "{} copies to two zones", self.copies);
        let rest = self.look(None);
        assert!(rest.orders.is_empty() && rest.news.is_empty() && !rest.writes, "{rest:?}");
        let standings: BTreeMap<&str, &Standing> =
            rest.standings.iter().map(|(name, standing)| (name.as_str(), standing)).collect();
        let origin = rest.record.as_ref().and_then(|record| record.digest.clone());
        for (index, name) in ZONES.into_iter().enumerate() {
            match standings.get(name) {
                Some(Standing::Origin | Standing::InStep) => assert_eq!(self.held[index], origin),
                Some(Standing::Conflict { there }) => {
                    assert!(self.by_hand[index], "a conflict of our own making");
                    assert!(self.held[index].as_ref() == Some(there) && origin.as_ref() != Some(there));
                }
                Some(Standing::Kept) => assert!(self.held[index].is_some() && origin.is_none()),
                Some(Standing::Absent) => assert!(self.held[index].is_none() && origin.is_none()),
                None => assert!(self.held.iter().all(Option::is_none)),
                other => panic!("{name} does not come to rest: {other:?}"),
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_nothing_is_lost_and_all_comes_to_rest(acts in prop::collection::vec(acts(), 1..80)) {
        let mut world = World::new();
        for act in &acts {
            world.act(act);
        }
        world.settles();
    }
}
