//! What keeps data, and what keeps time.

use super::{Row, findings::Findings, image::Reference};
use crate::{
    application::{Application, Container, Service, Text},
    diagnostic::shown,
    scaling::ScalingPolicy,
};
use std::collections::BTreeSet;

/// Whether an image that keeps data has a place to keep it.
pub(super) fn volume(
    service: &Service,
    container: &Container,
    application: &Application,
    findings: &mut Findings<'_>,
) {
    // A job only uses the programs of an image.
    if writes(container)
        || container.run_once
        || saves_nothing(container)
        || container.origins.is_unread("volumes")
    {
        return;
    }
    if !findings.watches(Row::StatefulWithoutVolume) {
        return;
    }
    let policy = findings.policy;
    let image = Reference::new(&container.image);
    if policy.list(Row::StatefulWithoutVolume).any(|stateful| image.is_called(stateful))
        && !writes_beside(container, application)
    {
        let message = format!(
            "{} keeps data, but has no volume that it can write: the data is gone with the container",
            shown(&service.name)
        );
        let at = container.origins.of("image").or_else(|| service.origin.place());
        findings.tell(
            Row::StatefulWithoutVolume,
            message,
            at,
            "add a `paas.nodes.Volume` and a requirement `volume`",
        );
    }
}

/// Whether it has a volume that outlives it and that it can write. One without a name does not outlive it.
fn writes(container: &Container) -> bool {
    container.mounts.iter().any(|mount| !mount.read_only)
        || container.security.host_mounts.iter().any(|mount| !mount.read_only)
}

/// Whether what it has the volumes of has such a volume, or has it from others in turn.
fn writes_beside(container: &Container, application: &Application) -> bool {
    let mut seen = BTreeSet::new();
    let mut left: Vec<&str> = volumes_from(container).collect();
    while let Some(name) = left.pop() {
        let found = application.services.iter().find(|service| service.name == name);
        if let Some(other) = found.and_then(Service::container).filter(|_| seen.insert(name)) {
            if writes(other) || other.origins.is_unread("volumes") {
                return true;
            }
            left.extend(volumes_from(other));
        }
    }
    false
}

fn volumes_from(container: &Container) -> impl Iterator<Item = &str> {
    let main = container.sidekick.as_ref().filter(|sidekick| sidekick.volumes_from);
    container.volumes_from.iter().map(String::as_str).chain(main.map(|sidekick| sidekick.of.as_str()))
}

/// Whether it is a cache: `redis-server --save ''`, without `--appendonly yes`.
fn saves_nothing(container: &Container) -> bool {
    let words: Vec<&str> = container.command.iter().filter_map(Text::as_plain).collect();
    let has = |option: &str, value: &str| words.windows(2).any(|pair| pair == [option, value]);
    has("--save", "") && !has("--appendonly", "yes")
}

/// Whether a service and its scaling windows have the same time.
pub(super) fn time_zone(
    service: &Service,
    container: &Container,
    plan: &ScalingPolicy,
    findings: &mut Findings<'_>,
) {
    let Some(zone) = container.environment.get("TZ").and_then(Text::as_plain) else { return };
    let Some(window) = plan.windows.iter().find(|window| window.enabled) else { return };
    if is_same_zone(zone, &plan.time_zone) {
        return;
    }
    let message = format!(
        "`TZ` of {} is {}, but its scaling windows are in {}",
        shown(&service.name),
        shown(zone),
        shown(&plan.time_zone)
    );
    let at = container.origins.of_entry("environment", "TZ").or_else(|| service.origin.place());
    let label = (window.origin.place(), "one of its windows");
    findings.tell_with(Row::TimeZoneMismatch, message, at, label, "give both the same time zone");
}

/// By their names; all names of UTC are one.
fn is_same_zone(one: &str, other: &str) -> bool {
    const UTC: &[&str] =
        &["UTC", "Etc/UTC", "UCT", "Etc/UCT", "Universal", "Etc/Universal", "Zulu", "Etc/Zulu"];
    let name = |zone: &str| {
        let zone = zone.trim_start_matches(':').to_ascii_lowercase();
        if UTC.iter().any(|utc| utc.eq_ignore_ascii_case(&zone)) { "utc".to_owned() } else { zone }
    };
    name(one) == name(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_compared_by_name() {
        for (one, other) in
            [("Asia/Shanghai", "asia/shanghai"), (":Europe/Zurich", "Europe/Zurich"), ("Etc/UTC", "UTC")]
        {
            assert!(is_same_zone(one, other), "{one} {other}");
        }
        assert!(!is_same_zone("UTC", "Europe/Zurich") && !is_same_zone("", "UTC"));
    }
}
