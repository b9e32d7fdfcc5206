//! Scaling policies: one policy is one window, the windows of a service make its plan.

mod metric;

use super::{
    read::Read,
    types::{NodeKind, PolicyKind, Types},
    words::DAYS_OF_MONTH,
};
use crate::tosca::{Document, Mode, Node, Policy, Topology, Value, find};
use paas_core::{
    application::{Service, ServiceKind},
    diagnostic::{Code, Diagnostic, Place, Severity},
    scaling::{
        Bounds, Cycle, FixedCount, Rule, ScalingPolicy, TimeOfDay, Weekday, Window, is_time_zone, time_zones,
    },
};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The plans of all services, in the order of the services. Validating them is the planner's.
pub(super) fn policies(
    document: &Document<'_>,
    types: &Types,
    kinds: &[Option<NodeKind>],
    services: &[Service],
    mode: Mode,
    read: &Read<'_>,
) -> Vec<ScalingPolicy> {
    let topology = &document.topology;
    // For each node its windows, with their policies and time zones.
    let mut windows: Vec<Vec<Planned<'_, '_>>> = topology.nodes.iter().map(|_| Vec::new()).collect();
    for policy in &topology.policies {
        let Some(ty) = policy.ty else { continue };
        let name = document.library.name(ty);
        let kind = match types.policy(&document.library, ty) {
            Some(PolicyKind::Abstract) => {
                let help = "use `paas.policies.Scaling.Cpu`, `.Memory`, `.Metric` or `.Fixed`".to_owned();
                read.report.help(
                    Code::AbstractType,
                    policy.at,
                    format!("`{name}` says nothing by itself"),
                    help,
                );
                continue;
            }
            Some(PolicyKind::Placement) => continue,
            Some(kind) => kind,
            None => {
                // In a template without services nothing is translated, so nothing is lost.
                if mode == Mode::Translate || !services.is_empty() {
                    let message = format!("policies of type `{name}` are not translated yet");
                    read.report.at(Code::NotSupported, policy.at, message);
                }
                continue;
            }
        };
        check_targets(policy, kinds, topology, read);
        let Some((window, time_zone)) = window(policy, kind, read) else { continue };
        for &target in &policy.targets {
            if let Some(list) = windows.get_mut(target) {
                list.push(Planned { policy, window: window.clone(), time_zone });
            }
        }
    }
    let mut plans = Vec::new();
    if topology.policies.is_empty() {
        return plans;
    }
    let by_name: FxHashMap<&str, &Service> =
        services.iter().map(|service| (service.name.as_str(), service)).collect();
    for ((node, kind), windows) in topology.nodes.iter().zip(kinds).zip(windows) {
        if windows.is_empty() || *kind != Some(NodeKind::Service) {
            continue;
        }
        if let Some(service) = by_name.get(node.name) {
            plans.extend(plan(node, service, windows, read));
        }
    }
    plans
}

/// A policy scales something, and nothing but services. (Its own type may say that it has other targets.)
fn check_targets(policy: &Policy<'_>, kinds: &[Option<NodeKind>], topology: &Topology<'_>, read: &Read<'_>) {
    if policy.targets.is_empty() && policy.whole {
        let message = format!("`{}` has no targets, so it scales nothing", policy.name);
        let diagnostic = Diagnostic::new(Code::ScalingTarget, message).at(policy.at.place());
        read.report.push(diagnostic.severity(Severity::Warning));
    }
    for &target in &policy.targets {
        let kind = kinds.get(target).copied().flatten();
        if let (Some(kind), Some(node)) = (kind, topology.nodes.get(target))
            && kind != NodeKind::Service
        {
            let message = format!("`{}` is no service that can be scaled", node.name);
            let diagnostic = Diagnostic::new(Code::ScalingTarget, message).at(policy.at.place());
            read.report.push(diagnostic.label(node.at.place(), "this node"));
        }
    }
}

struct Planned<'p, 't> {
    policy: &'p Policy<'t>,
    window: Window,
    time_zone: &'p Value<'t>,
}

impl Planned<'_, '_> {
    /// Where the time zone is given; one that is not is that of the policy as a whole.
    fn time_zone_place(&self) -> Place {
        let (zone, policy) = (self.time_zone.at.place(), self.policy.at.place());
        if zone.file == policy.file { zone } else { policy }
    }
}

fn plan(
    node: &Node<'_>,
    service: &Service,
    windows: Vec<Planned<'_, '_>>,
    read: &Read<'_>,
) -> Option<ScalingPolicy> {
    let first = windows.first()?;
    if let ServiceKind::Container(container) = &service.kind
        && (container.run_once || container.everywhere)
    {
        let why = if container.run_once { "runs once" } else { "runs on every host" };
        let message = format!("`{}` {why}, so it has no count to scale", service.name);
        let diagnostic = Diagnostic::new(Code::ScalingTarget, message).at(first.policy.at.place());
        read.report.push(diagnostic.label(node.at.place(), "this service"));
        return None;
    }
    let time_zone = read.string(Some(first.time_zone))?;
    for other in &windows {
        if other.time_zone.as_str().is_some_and(|zone| zone != time_zone) {
            let message = format!("the windows of `{}` are in different time zones", service.name);
            read.report.push(
                Diagnostic::new(Code::TimeZonesDiffer, message)
                    .at(other.time_zone_place())
                    .label(first.time_zone_place(), "the first one"),
            );
        }
    }
    let mut plan = ScalingPolicy::new(&service.name, time_zone, bounds(node, &windows, read)?);
    plan.origin = bounds_place(node).into();
    plan.windows = windows.into_iter().map(|planned| planned.window).collect();
    Some(plan)
}

fn bounds_place(node: &Node<'_>) -> Place {
    let given = |name| node.given_capability("scalable", name);
    given("max_instances")
        .or_else(|| given("min_instances"))
        .map_or_else(|| node.at.place(), |value| value.at.place())
}

/// The `scalable` capability's bounds, if the template gives any; else what the windows ask for together.
fn bounds(node: &Node<'_>, windows: &[Planned<'_, '_>], read: &Read<'_>) -> Option<Bounds> {
    let given = |name| node.given_capability("scalable", name);
    if given("min_instances").or_else(|| given("max_instances")).is_some() {
        let count = |name, default| match given(name) {
            Some(value) => read.count(name, Some(value)),
            None => Some(default),
        };
        // The capability type's own defaults are 1.
        return Some(Bounds { min: count("min_instances", 1)?, max: count("max_instances", 1)? });
    }
    let spans = windows.iter().filter_map(|planned| match &planned.window.rule {
        Rule::Metric { bounds, .. } => Some(*bounds),
        Rule::Fixed { count: FixedCount::Count(count) } => Some(Bounds { min: *count, max: *count }),
        _ => None,
    });
    let union = spans.reduce(Bounds::union);
    if union.is_none() {
        let at = windows.first()?.policy.at;
        let message = format!("the count of `{}` has no bounds, so `to` means nothing", node.name);
        let help = "give `min_instances` and `max_instances` of the `scalable` capability".to_owned();
        read.report.help(Code::Bounds, at, message, help);
    }
    union
}

fn window<'p, 't>(
    policy: &'p Policy<'t>,
    kind: PolicyKind,
    read: &Read<'_>,
) -> Option<(Window, &'p Value<'t>)> {
    let property = |name: &str| find(&policy.properties, name);
    if policy.properties.is_empty() {
        // They are of the wrong shape, since some have defaults.
        return None;
    }
    // What was diagnosed leaves the window out.
    let time = |name| {
        let value = property(name)?;
        let time = value.as_str()?.parse::<TimeOfDay>();
        if let Err(error) = &time {
            read.report.at(Code::Constraint, value.at, error.to_string());
        }
        time.ok()
    };
    let time_zone = property("time_zone").filter(|zone| check_time_zone(zone, read));
    let rule = if kind == PolicyKind::Fixed { fixed(policy, read) } else { metric::rule(policy, read) };
    let cycle = property("days").map_or(Some(Cycle::Daily), |days| cycle(days, read));
    let mut window = Window::daily(policy.name, time("window_start")?, time("window_end")?, rule?);
    window.cycle = cycle?;
    window.enabled = property("enabled").and_then(Value::as_boolean)?;
    window.retrigger_ms = read.milliseconds("retrigger", property("retrigger"))?;
    window.grace_ms = match property("grace") {
        Some(grace) => read.milliseconds("grace", Some(grace))?,
        None => 0,
    };
    window.origin = policy.at.place().into();
    let is_whole = policy.properties.iter().all(|(_, value)| !value.is_invalid());
    Some((window, time_zone?)).filter(|_| is_whole)
}

fn check_time_zone(value: &Value<'_>, read: &Read<'_>) -> bool {
    let Some(name) = read.string(Some(value)) else { return false };
    let is_known = is_time_zone(&name);
    if !is_known {
        let help = read.report.suggest(&name, time_zones());
        read.report.help(Code::TimeZone, value.at, format!("`{name}` is not a time zone"), help);
    }
    is_known
}

fn fixed(policy: &Policy<'_>, read: &Read<'_>) -> Option<Rule> {
    let property = |name: &str| find(&policy.properties, name);
    let count = match (property("instances"), property("to")) {
        (Some(instances), None) => FixedCount::Count(read.count("instances", Some(instances))?),
        (None, Some(to)) => match to.as_str()? {
            "min" => FixedCount::Min,
            _ => FixedCount::Max,
        },
        (Some(instances), Some(to)) => {
            let message = "`instances` and `to` are both given, and only one can hold";
            let diagnostic = Diagnostic::new(Code::FixedCount, message).at(to.at.place());
            read.report.push(diagnostic.label(instances.at.place(), "the other"));
            return None;
        }
        // One may have been meant by what nobody knows.
        (None, None) if policy.properties.iter().any(|(_, value)| value.is_invalid()) => return None,
        (None, None) => {
            let help = "give `instances: 3`, or `to: min` or `to: max`".to_owned();
            read.report.help(Code::FixedCount, policy.at, "a fixed window needs a count", help);
            return None;
        }
    };
    Some(Rule::Fixed { count })
}

/// `mon` to `sun`, or `1` to `31`, each once, not mixed; none at all: daily.
fn cycle(days: &Value<'_>, read: &Read<'_>) -> Option<Cycle> {
    if days.is_settled() {
        return None;
    }
    let (mut week, mut month) = (BTreeSet::new(), BTreeSet::new());
    // All days are looked at, so that all that is wrong is told.
    let mut is_right = true;
    for day in days.items() {
        let Some(text) = day.as_str() else {
            is_right = false;
            continue;
        };
        let is_new = if let Some(weekday) = Weekday::from_word(text) {
            week.insert(weekday)
        } else if let Some(number) = DAYS_OF_MONTH.into_iter().find(|number| number.to_string() == text) {
            month.insert(number)
        } else {
            let message = format!("`{text}` is not a day");
            let help = "days are `mon` to `sun`, or `'1'` to `'31'`".to_owned();
            read.report.help(Code::WindowDays, day.at, message, help);
            is_right = false;
            continue;
        };
        if !is_new {
            read.report.at(Code::WindowDays, day.at, format!("`{text}` is given twice"));
            is_right = false;
        }
    }
    if !is_right {
        return None;
    }
    match (week.is_empty(), month.is_empty()) {
        (true, true) => Some(Cycle::Daily),
        (false, true) => Some(Cycle::Weekly(week)),
        (true, false) => Some(Cycle::Monthly(month)),
        (false, false) => {
            let help = "make two policies of it".to_owned();
            let message = "days of the week and of the month are mixed";
            read.report.help(Code::WindowDays, days.at, message, help);
            None
        }
    }
}
