//! What must hold of all decisions, whatever the model says.

use super::{
    happening::{Call, Step},
    service::Acts,
    spec::Spec,
};
use paas_core::scaling::{RuleId, Side};
use paas_scaling::{Act, Cause, CountSource};
use std::{collections::BTreeMap, sync::Arc};

/// What was seen of each service.
#[derive(Default)]
pub(super) struct Trace(BTreeMap<&'static str, Seen>);

struct Seen {
    spec: Arc<Spec>,
    count: u32,
    /// How many will stay of those that drain, and when that will be.
    drain: Option<(u32, u32)>,
    /// Until when no alarm may act, as far as only alarms acted since.
    quiet_until: u32,
    /// What a person chooses in this call: after what was due before it.
    chosen: Option<u32>,
}

impl Trace {
    pub(super) fn follow(&mut self, step: &Step, acts: &BTreeMap<&'static str, Acts>) {
        // Policies that are replaced decide until then: edges that are due come first.
        let mut next = None;
        match &step.call {
            Call::Upsert { spec, count, .. } => match self.0.get_mut(step.service) {
                None => {
                    let seen =
                        Seen { spec: spec.clone(), count: *count, drain: None, quiet_until: 0, chosen: None };
                    self.0.insert(step.service, seen);
                }
                Some(_) => next = Some(spec.clone()),
            },
            Call::Restart { persons } => {
                for (name, count) in persons {
                    if let Some(seen) = self.0.get_mut(name) {
                        (seen.count, seen.drain, seen.quiet_until) = (*count, None, 0);
                    }
                }
            }
            Call::Count { count, source: CountSource::Person | CountSource::Template } => {
                if let Some(seen) = self.0.get_mut(step.service) {
                    seen.chosen = Some(*count);
                }
            }
            _ => {}
        }
        for (name, acts) in acts {
            let seen = self.0.get_mut(name).expect("actions of services that are there");
            let replacement = next.as_ref().filter(|_| *name == step.service);
            for (at, act) in acts {
                seen.act(*at, act, replacement);
            }
        }
        let Some(seen) = self.0.get_mut(step.service) else { return };
        match &step.call {
            Call::Count { .. } => seen.choose(),
            Call::Enable(_) => seen.quiet_until = 0,
            Call::Upsert { spec, .. } => seen.spec = spec.clone(),
            Call::Remove(_) => drop(self.0.remove(step.service)),
            _ => {}
        }
    }
}

impl Seen {
    fn choose(&mut self) {
        if let Some(count) = self.chosen.take() {
            assert_eq!(self.drain, None, "rule 14: a person's count cancels a drain");
            (self.count, self.quiet_until) = (count, 0);
        }
    }

    fn act(&mut self, at: u32, act: &Act, replacement: Option<&Arc<Spec>>) {
        // Alarms are judged last.
        if let Act::Scale { cause: Cause::Alarm { .. }, .. } | Act::Drain { cause: Cause::Alarm { .. }, .. } =
            act
        {
            self.choose();
        }
        match act {
            Act::Scale { from, to, cause } => {
                assert_eq!(*from, self.count, "a count goes on from where it stood: {act:?}");
                assert_ne!(from, to, "nothing is scaled to where it is: {act:?}");
                match (cause, self.drain.take()) {
                    (Cause::Drained, drain) => {
                        let (will_be, until) = drain.expect("something drains");
                        assert_eq!(*to, will_be, "rule 14: as many as drained");
                        assert!(until <= at, "rule 14: not before its time");
                    }
                    (_, drain) => assert_eq!(drain, None, "rule 14: a drain is cancelled first: {act:?}"),
                }
                self.caused(at, *from, *to, cause, replacement);
                self.count = *to;
            }
            Act::Drain { from, to, until, cause } => {
                assert_eq!(*from, self.count, "what drains still counts: {act:?}");
                assert!(to < from, "rule 14: drains are of scale-in: {act:?}");
                if matches!(cause, Cause::Alarm { .. }) {
                    assert_eq!(self.drain, None, "rule 14: no alarm scales in while draining");
                }
                self.caused(at, *from, *to, cause, replacement);
                self.drain = Some((*to, until.seconds()));
                if matches!(cause, Cause::Alarm { .. }) {
                    self.quiet_until = self.quiet_until.max(until.seconds());
                }
            }
            Act::CancelDrain { count, .. } => {
                assert_eq!(*count, self.count, "what drains still counts: {act:?}");
                assert!(self.drain.take().is_some(), "something drains");
                self.quiet_until = 0;
            }
            Act::Arm { .. } => {}
            other => panic!("{other:?}"),
        }
    }

    /// Of a change of the count: whether it may be.
    fn caused(&mut self, at: u32, from: u32, to: u32, cause: &Cause, replacement: Option<&Arc<Spec>>) {
        let specs = [Some(&self.spec), replacement];
        let allows = |to: u32| specs.into_iter().flatten().any(|spec| spec.policy.bounds.contains(to));
        // A person may have left the bounds; then a step need not come back at once.
        let nears = |to: u32| {
            let bounds = self.spec.policy.bounds;
            (to > bounds.max && to < from) || (to < bounds.min && to > from)
        };
        match cause {
            Cause::Alarm { rule, side, .. } => {
                assert!(at >= self.quiet_until, "rule 8: no alarm acts before {}", self.quiet_until);
                match side {
                    Side::Upper => assert!(to > from, "rule 6: out never lowers"),
                    Side::Lower => assert!(to < from, "rule 6: in never raises"),
                }
                let retrigger =
                    specs.into_iter().flatten().filter_map(|spec| retrigger(spec, *rule)).min().unwrap();
                self.quiet_until = at + retrigger.max(1);
                assert!(allows(to) || nears(to), "rule 13: an alarm keeps to the bounds: {from} {to}");
            }
            Cause::Drained => {
                assert!(allows(to) || nears(to), "rule 13: a drain keeps to the bounds: {from} {to}");
            }
            Cause::Window { .. } | Cause::Restored { .. } | Cause::Removed | Cause::Bounds => {
                assert!(allows(to), "rule 13: an edge keeps to the bounds: {from} {to}");
                self.quiet_until = 0;
            }
            other => panic!("{other:?}"),
        }
    }
}

fn retrigger(spec: &Spec, rule: RuleId) -> Option<u32> {
    let asked = spec.asked().into_iter().find(|asked| asked.rule.id == rule)?;
    Some(super::spec::seconds(spec.window(asked.window).retrigger_ms))
}
