//! The services of two releases compared.

use super::{
    change::Change,
    compare,
    index::{Entry, Index},
    json::{self, Json},
    service::{Fate, Reason, ScaleChange, ServiceDifference},
};
use crate::application::{self, Service, ServiceKind};

/// What became of each service that is not as it was: those that are there in the order in which they are activated, then
/// those that are no longer there, the last of the old order first.
pub(super) fn differences(old: &Index<'_>, new: &Index<'_>) -> Vec<ServiceDifference> {
    let mut told: Vec<(usize, ServiceDifference)> = Vec::new();
    for after in &new.services {
        let place = new.activation(after.service).map_or(usize::MAX, |(_, place)| place);
        match old.find(&after.key) {
            None => told.push((place, added(after, new))),
            Some(before) => told.extend(kept(before, after, old, new).map(|service| (place, service))),
        }
    }
    told.sort_by_key(|(place, _)| *place);
    let mut gone: Vec<(usize, ServiceDifference)> = Vec::new();
    for before in old.services.iter().filter(|entry| new.find(&entry.key).is_none()) {
        let place = old.activation(before.service).map_or(0, |(_, place)| place);
        gone.push((place, removed(before, old)));
    }
    gone.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    told.into_iter().chain(gone).map(|(_, service)| service).collect()
}

fn added(after: &Entry<'_>, new: &Index<'_>) -> ServiceDifference {
    let mut service = ServiceDifference::new(&after.key, new.network(after), Fate::Added);
    service.stage = new.activation(after.service).map(|(stage, _)| stage);
    service.beside = beside(after.service);
    service.position = Some(after.place);
    service.whole = Some(Box::new(after.service.clone()));
    service
}

fn removed(before: &Entry<'_>, old: &Index<'_>) -> ServiceDifference {
    let mut service = ServiceDifference::new(&before.key, old.network(before), Fate::Removed);
    service.beside = beside(before.service);
    service.whole = Some(Box::new(before.service.clone()));
    service
}

/// What became of a service that both releases have, if anything.
fn kept(
    before: &Entry<'_>,
    after: &Entry<'_>,
    old: &Index<'_>,
    new: &Index<'_>,
) -> Option<ServiceDifference> {
    let (was_in, is_in) = (old.network(before), new.network(after));
    if before.service == after.service && was_in == is_in {
        return None;
    }
    let mut service = ServiceDifference::new(&after.key, is_in, Fate::Recorded);
    let mut other = compare::values(&json::of(before.service), &json::of(after.service));
    service.links = other.extract_if(.., |change| change.path.head() == Some("links")).collect();
    if has_count(before.service) && has_count(after.service) {
        service.scale = take_scale(&mut other, new.bounds(&after.service.name));
    }
    service.changes = other;
    service.stage = new.activation(after.service).map(|(stage, _)| stage);
    service.beside = beside(after.service);
    let is_upgraded = needs_containers(&service.changes, after.service)
        || old.host_names(before.service) != new.host_names(after.service);
    service.reasons = reasons(before.service, after.service, is_upgraded);
    service.fate = if was_in != is_in {
        service.moved_from = Some(was_in.to_owned());
        service.position = Some(after.place);
        Fate::Moved
    } else if !service.reasons.is_empty() {
        Fate::Recreated
    } else if is_upgraded {
        Fate::Upgraded
    } else if service.links.iter().any(|change| is_connection(change) && has_links(after.service)) {
        Fate::Relinked
    } else if service.scale.is_some() {
        Fate::Scaled
    } else {
        Fate::Recorded
    };
    let starts_first = service.fate == Fate::Upgraded && starts_first(after.service);
    if service.fate == Fate::Moved || starts_first {
        let written = old.written(before.service);
        let both = new.written_alone(after.service).into_iter().filter(|volume| written.contains(volume));
        service.stopped_first_for = both.map(str::to_owned).collect();
    }
    Some(service)
}

fn beside(service: &Service) -> Option<String> {
    service.sidekick().map(|sidekick| sidekick.of.clone())
}

/// Whether the number of its containers is its own to say.
fn has_count(service: &Service) -> bool {
    match &service.kind {
        ServiceKind::Container(container) => !container.everywhere && container.sidekick.is_none(),
        ServiceKind::LoadBalancer(_) => true,
        ServiceKind::External(_) => false,
    }
}

fn take_scale(changes: &mut Vec<Change>, elastic: Option<crate::scaling::Bounds>) -> Option<ScaleChange> {
    let index = changes.iter().position(|change| change.path.is_key("scale"))?;
    let change = changes.get(index)?;
    let scale = ScaleChange::new(change.old.as_ref()?.read()?, change.new.as_ref()?.read()?, elastic);
    changes.remove(index);
    Some(scale)
}

fn reasons(before: &Service, after: &Service, is_upgraded: bool) -> Vec<Reason> {
    let mut reasons = Vec::new();
    match (&before.kind, &after.kind) {
        (ServiceKind::Container(old), ServiceKind::Container(new)) => {
            if old.sidekick.as_ref().map(|sidekick| &sidekick.of)
                != new.sidekick.as_ref().map(|sidekick| &sidekick.of)
            {
                reasons.push(Reason::UnitChanged);
            } else if old.everywhere != new.everywhere && new.sidekick.is_none() {
                reasons.push(Reason::EverywhereChanged);
            }
            if is_upgraded && refuses_upgrades(after) {
                reasons.push(Reason::StartsFirstWithItsAddress);
            }
        }
        (ServiceKind::LoadBalancer(_), ServiceKind::LoadBalancer(_)) => {}
        (ServiceKind::External(old), ServiceKind::External(new)) => {
            if old != new {
                reasons.push(Reason::AddressChanged);
            }
        }
        _ => reasons.push(Reason::KindChanged),
    }
    reasons
}

pub(super) fn starts_first(service: &Service) -> bool {
    let update = service.container().and_then(|container| container.update.as_ref());
    update.is_some_and(|update| update.start_first)
}

/// Whether Rancher refuses to upgrade a unit: a container that takes the address of another cannot start before that stops.
/// Only what the main service says counts.
pub(super) fn refuses_upgrades(service: &Service) -> bool {
    let keeps_address = |service: &Service| {
        service.container().is_some_and(|container| {
            container.rancher.get("retain_ip") == Some(&application::Value::Boolean(true))
        })
    };
    service.sidekick().is_none() && starts_first(service) && keeps_address(service)
}

/// Whether a change is one of the containers, and not only of how the next ones are made.
fn needs_containers(changes: &[Change], service: &Service) -> bool {
    !service.is_external()
        && changes.iter().any(|change| match change.path.head() {
            Some("update" | "network") => false,
            // One that counts is not among the changes.
            Some("scale") => false,
            _ => true,
        })
}

/// Whether a changed link is one that the back end knows: dependencies are only an order.
pub(super) fn is_connection(change: &Change) -> bool {
    use super::path::PathStep;
    matches!(change.path.steps(), [_, PathStep::Item(key), ..] if key.starts_with("connection "))
        && (change.old.is_some() || change.new.is_some())
        // The whole list may be new, or gone.
        || change.path.is_key("links") && [&change.old, &change.new].into_iter().flatten().any(has_connection)
}

fn has_connection(links: &Json) -> bool {
    let links = links.0.as_array().into_iter().flatten();
    links.into_iter().any(|link| link.get("kind").is_some_and(|kind| kind == "connection"))
}

/// Whether the back end lets links of a service be set: load balancers have routes, and what is outside reaches nothing.
pub(super) fn has_links(service: &Service) -> bool {
    service.container().is_some()
}
