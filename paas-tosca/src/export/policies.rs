//! Policies: placements, and the windows of scaling plans.

use super::{names::Taken, units};
use crate::yaml::write::{Map, Yaml};
use paas_core::{
    application::{Application, Placement},
    scaling::{Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Threshold, TimeOfDay, Window},
};
use std::collections::BTreeSet;

/// What windows take for granted.
const TIME_ZONE: &str = "UTC";
const SUSTAINED_MS: u64 = 60_000;

/// All policies. One window of several plans is one policy with several targets.
pub(super) fn policies(application: &Application) -> Vec<Yaml> {
    let mut taken = Taken::default();
    let mut policy = |name: &str, policy: Map| Map::of(taken.name(name, ""), policy).into();
    let placements = application.placements.iter().map(|it| (it.name.as_str(), placement(it)));
    let mut all: Vec<Yaml> = placements.map(|(name, it)| policy(name, it)).collect();
    all.extend(shared(&application.policies).into_iter().map(|shared| {
        let targets = shared.targets.iter().copied().map(Yaml::text).collect();
        policy(&shared.window.name, scaling(shared.window, shared.time_zone, targets))
    }));
    all
}

/// The bounds of a plan, if its windows do not say them.
pub(super) fn own_bounds(plan: &ScalingPolicy) -> Option<Bounds> {
    let spans = plan.windows.iter().filter_map(|window| match &window.rule {
        Rule::Metric { bounds, .. } => Some(*bounds),
        Rule::Fixed { count: FixedCount::Count(count) } => Some(Bounds { min: *count, max: *count }),
        _ => None,
    });
    let said = spans.reduce(Bounds::union);
    (said != Some(plan.bounds)).then_some(plan.bounds)
}

/// A window with all services whose plans have it.
struct Shared<'a> {
    window: &'a Window,
    time_zone: &'a str,
    targets: Vec<&'a str>,
    /// How many windows must come before it that have not yet.
    waits_for: usize,
    /// Windows that come after it in some plan.
    before: Vec<usize>,
}

/// The windows of all plans, in an order that is that of each plan.
fn shared(plans: &[ScalingPolicy]) -> Vec<Shared<'_>> {
    let mut all: Vec<Shared<'_>> = Vec::new();
    // Equal windows have equal names, and few windows have the same one.
    let mut by_name: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for plan in plans {
        let mut last: Option<usize> = None;
        let mut own = BTreeSet::new();
        for window in &plan.windows {
            let named = by_name.entry(&window.name).or_default();
            let known = named.iter().copied().find(|&index| {
                !own.contains(&index)
                    && all.get(index).is_some_and(|it| it.window == window && it.time_zone == plan.time_zone)
            });
            let index = known.unwrap_or(all.len());
            if known.is_none() {
                named.push(index);
                let targets = Vec::new();
                all.push(Shared {
                    window,
                    time_zone: &plan.time_zone,
                    targets,
                    waits_for: 0,
                    before: Vec::new(),
                });
            }
            own.insert(index);
            if let Some(it) = all.get_mut(index) {
                it.targets.push(&plan.service);
                it.waits_for += usize::from(last.is_some());
            }
            if let Some(it) = last.and_then(|last| all.get_mut(last)) {
                it.before.push(index);
            }
            last = Some(index);
        }
    }
    let order = order(&mut all);
    let mut slots: Vec<Option<Shared<'_>>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| slots.get_mut(index).and_then(Option::take)).collect()
}

/// First things first; of those in a circle the first one.
fn order(all: &mut [Shared<'_>]) -> Vec<usize> {
    let mut open: BTreeSet<usize> = (0..all.len()).collect();
    let is_ready = |it: &Shared<'_>| it.waits_for == 0;
    let mut ready: BTreeSet<usize> =
        open.iter().copied().filter(|&index| all.get(index).is_some_and(is_ready)).collect();
    let mut order = Vec::with_capacity(all.len());
    while let Some(index) = ready.pop_first().or_else(|| open.first().copied()) {
        open.remove(&index);
        order.push(index);
        let before = all.get_mut(index).map(|it| std::mem::take(&mut it.before)).unwrap_or_default();
        for after in before {
            if let Some(it) = all.get_mut(after) {
                it.waits_for = it.waits_for.saturating_sub(1);
                if it.waits_for == 0 && open.contains(&after) {
                    ready.insert(after);
                }
            }
        }
    }
    order
}

fn placement(placement: &Placement) -> Map {
    let mut properties = Map::new();
    properties.maybe("security_level", placement.security_level.as_deref().map(Yaml::text));
    properties.maybe("security_domain", placement.security_domain.as_deref().map(Yaml::text));
    let targets = placement.services.iter().map(Yaml::text).collect();
    policy("paas.policies.Placement", targets, properties)
}

fn policy(ty: &str, targets: Vec<Yaml>, properties: Map) -> Map {
    let mut map = Map::block();
    map.add("type", Yaml::text(ty));
    map.list("targets", targets);
    map.unless_empty("properties", properties);
    map
}

fn scaling(window: &Window, time_zone: &str, targets: Vec<Yaml>) -> Map {
    let mut properties = Map::block();
    let ty = match &window.rule {
        Rule::Metric { metric, upper, lower, bounds } => {
            let ty = match metric.as_str() {
                "cpu" => "paas.policies.Scaling.Cpu",
                "memory" => "paas.policies.Scaling.Memory",
                _ => {
                    properties.add("metric", Yaml::text(metric));
                    "paas.policies.Scaling.Metric"
                }
            };
            properties.maybe("upper", upper.map(|upper| units::float(upper.value)));
            properties.maybe("lower", lower.map(|lower| units::float(lower.value)));
            times_and_steps(&mut properties, *upper, *lower);
            properties.add("min_instances", Yaml::plain(bounds.min));
            properties.add("max_instances", Yaml::plain(bounds.max));
            ty
        }
        Rule::Fixed { count } => {
            match count {
                FixedCount::Min => properties.add("to", Yaml::text("min")),
                FixedCount::Max => properties.add("to", Yaml::text("max")),
                FixedCount::Count(count) => properties.add("instances", Yaml::plain(count)),
                _ => {}
            }
            "paas.policies.Scaling.Fixed"
        }
        _ => "paas.policies.Scaling",
    };
    let time = |time: TimeOfDay| (time != TimeOfDay::MIDNIGHT).then(|| Yaml::text(time.to_string()));
    properties.maybe("window_start", time(window.from));
    properties.maybe("window_end", time(window.to));
    properties.list("days", days(&window.cycle));
    properties.maybe("time_zone", (time_zone != TIME_ZONE).then(|| Yaml::text(time_zone)));
    properties.maybe("enabled", (!window.enabled).then(|| Yaml::plain(false)));
    properties.maybe(
        "retrigger",
        (window.retrigger_ms != Window::DEFAULT_RETRIGGER_MS).then(|| units::time(window.retrigger_ms)),
    );
    properties.maybe("grace", (window.grace_ms != 0).then(|| units::time(window.grace_ms)));
    policy(ty, targets, properties)
}

/// What both sides have in common is said once; where they differ, the lower one is said by itself.
fn times_and_steps(properties: &mut Map, upper: Option<Threshold>, lower: Option<Threshold>) {
    let Some(common) = upper.or(lower) else { return };
    let sustained = common.sustained_for_ms;
    properties.maybe("sustained_for", (sustained != SUSTAINED_MS).then(|| units::time(sustained)));
    let own = lower.map(|lower| lower.sustained_for_ms).filter(|own| *own != sustained);
    properties.maybe("lower_sustained_for", own.map(units::time));
    properties.maybe("step", (common.step != 1).then(|| Yaml::plain(common.step)));
    let own = lower.map(|lower| lower.step).filter(|own| *own != common.step);
    properties.maybe("lower_step", own.map(Yaml::plain));
}

fn days(cycle: &Cycle) -> Vec<Yaml> {
    match cycle {
        Cycle::Weekly(days) => days.iter().map(|day| Yaml::text(day.as_str())).collect(),
        Cycle::Monthly(days) => days.iter().map(|day| Yaml::text(day.to_string())).collect(),
        _ => Vec::new(),
    }
}
