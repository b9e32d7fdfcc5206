//! Differences of releases.

mod port;
mod values;

use super::printable::{escape_in_json, printable};
use paas_core::{
    application::ServiceKind,
    release::difference::{
        Change, Difference, Fate, ItemDifference, ItemFate, Phase, Reason, ServiceDifference, Touch,
        TouchedService, UpgradeStep,
    },
};
use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
};

/// So many changes of one service are shown; whoever needs all of them reads the document.
const SHOWN: usize = 20;

/// So many services that are touched for the same reason are named.
const NAMED: usize = 6;

/// The title of the ports that are taken on hosts.
const PORTS: &str = "ports on hosts";

/// What is different, for people: what became of services, then of all else, then what an update does. Only what changed is
/// said; long values are shortened around what differs, and of texts with several lines only the first that differs is
/// shown.
///
/// ```
/// use paas_core::release::{Release, difference::Difference};
/// # let stored = |image: &str| -> Release { serde_json::from_value(serde_json::json!({
/// #     "format": 1, "application": "shop", "stack": "shop",
/// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
/// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
/// #         {"name": "web", "network": "dmz", "kind": "container", "image": image, "scale": 3}]}],
/// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "web"}]}]})).unwrap() };
/// let difference = Difference::between(&stored("web:1"), &stored("web:2"));
/// assert_eq!(
///     paas_sdk::report::difference(&difference),
///     "shop: 1 of 1 service changes: 1 upgraded
///
/// upgraded
///   web (dmz)
///     ~ image: web:1 → web:2
///
/// an update does this
///   stage 1  upgrade `web` in `dmz`: image
///   finish   finish the upgrade of `web` in `dmz`
/// "
/// );
/// ```
pub fn difference(difference: &Difference) -> String {
    let mut text = headline(difference);
    for (fate, _) in difference.counts() {
        let _ = write!(text, "\n{}\n", fate.as_str());
        for service in difference.services.iter().filter(|service| service.fate == fate) {
            write_service(&mut text, service);
        }
    }
    touched(&mut text, &difference.touched);
    for (title, items) in [
        ("the whole", &difference.release),
        ("networks", &difference.networks),
        ("environment links", &difference.environment_links),
        ("firewall", &difference.flows),
        ("volumes", &difference.volumes),
        (PORTS, &difference.ports),
        ("images", &difference.images),
        ("log files", &difference.log_sources),
        ("scaling policies", &difference.policies),
        ("secrets", &difference.secrets),
        ("outputs", &difference.outputs),
    ] {
        section(&mut text, title, items);
    }
    steps(&mut text, &difference.steps);
    text
}

/// The whole difference as a document, on one line.
///
/// ```
/// # use paas_core::release::{Release, difference::Difference};
/// # let stored: Release = serde_json::from_value(serde_json::json!({
/// #     "format": 1, "application": "shop", "stack": "shop", "parts": [], "stages": [],
/// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"}})).unwrap();
/// let difference = Difference::between(&stored, &stored);
/// assert_eq!(
///     paas_sdk::report::difference_json(&difference),
///     r#"{"format":1,"application":"shop","old_services":0,"new_services":0}"#
/// );
/// ```
pub fn difference_json(difference: &Difference) -> String {
    // Only a type that JSON cannot hold makes this fail, and a difference has none.
    escape_in_json(&serde_json::to_string(difference).unwrap_or_default())
}

/// `bank: 3 of 300 services change: 1 upgraded, 1 scaled, 1 moved`.
fn headline(difference: &Difference) -> String {
    let name = printable(&difference.application);
    if difference.is_empty() {
        return format!("{name}: nothing is different\n");
    }
    let removed = difference.services.iter().filter(|service| service.fate == Fate::Removed).count();
    let all = difference.new_services + removed;
    let services = if all == 1 { "service" } else { "services" };
    let mut counts: Vec<String> =
        difference.counts().iter().map(|(fate, count)| format!("{count} {}", fate.as_str())).collect();
    let anew = difference.touched.iter().filter(|touched| touched.touch == Touch::Recreated);
    let anew: BTreeSet<&str> = anew.map(|touched| touched.service.as_str()).collect();
    if !anew.is_empty() {
        counts.push(format!("{} recreated because of others", anew.len()));
    }
    let told = difference.services.iter().map(|service| service.service.as_str());
    match told.chain(anew).collect::<BTreeSet<_>>().len() {
        0 => format!("{name}: no service changes; other things do\n"),
        1 => format!("{name}: 1 of {all} {services} changes: {}\n", counts.join(", ")),
        changed => format!("{name}: {changed} of {all} {services} change: {}\n", counts.join(", ")),
    }
}

fn write_service(text: &mut String, service: &ServiceDifference) {
    let _ = write!(text, "  {} (", printable(&service.service));
    match &service.moved_from {
        Some(from) => drop(write!(text, "{} → {}", printable(from), printable(&service.network))),
        None => text.push_str(&printable(&service.network)),
    }
    if let Some(main) = &service.beside {
        let _ = write!(text, ", beside {}", printable(main));
    }
    text.push(')');
    let mut said = Vec::new();
    if let Some(whole) = &service.whole {
        said.push(match &whole.kind {
            ServiceKind::Container(container) => printable(&container.image).into_owned(),
            ServiceKind::LoadBalancer(_) => "a load balancer".to_owned(),
            _ => "something outside".to_owned(),
        });
    }
    said.extend(service.scale.iter().map(ToString::to_string));
    said.extend(service.reasons.iter().map(ToString::to_string));
    if !service.stopped_first_for.is_empty() {
        let volumes: Vec<_> = service.stopped_first_for.iter().map(|name| printable(name)).collect();
        said.push(format!("stopped first: it writes to {}", volumes.join(", ")));
    }
    if !said.is_empty() {
        let _ = write!(text, ": {}", said.join("; "));
    }
    text.push('\n');
    // Between kinds nothing is comparable.
    if !service.reasons.contains(&Reason::KindChanged) {
        let all = service.changes.iter().chain(&service.links);
        changes(text, "    ", all.filter(|change| change.path.to_string() != "network"));
    }
}

/// Those that are touched because of others; many for one reason on one line.
fn touched(text: &mut String, all: &[TouchedService]) {
    if all.is_empty() {
        return;
    }
    text.push_str("\ntouched because of others\n");
    let mut groups: Vec<Vec<&TouchedService>> = Vec::new();
    let mut place_of = HashMap::new();
    for one in all {
        let place = *place_of.entry((one.touch, &one.why)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    for group in groups {
        let Some(first) = group.first() else { continue };
        let shown = group.iter().take(NAMED);
        let names: Vec<String> =
            shown.map(|one| format!("{} ({})", printable(&one.service), printable(&one.network))).collect();
        let more = match group.len().checked_sub(NAMED) {
            Some(more @ 1..) => format!(" and {more} more"),
            _ => String::new(),
        };
        let (touch, why) = (first.touch.as_str(), printable(&first.why));
        let _ = writeln!(text, "  {}{more}: {touch}: {why}", names.join(", "));
    }
}

/// Changes, a line each.
fn changes<'a>(text: &mut String, indent: &str, changes: impl Iterator<Item = &'a Change>) {
    let pieces: Vec<Change> = changes.flat_map(Change::pieces).collect();
    for piece in pieces.iter().take(SHOWN) {
        let _ = writeln!(text, "{indent}{}", values::change(piece));
    }
    if let Some(more @ 1..) = pieces.len().checked_sub(SHOWN) {
        let _ = writeln!(text, "{indent}… and {more} more");
    }
}

fn section(text: &mut String, title: &str, items: &[ItemDifference]) {
    let mut begun = false;
    for item in items {
        let own: Vec<&Change> = item.changes.iter().filter(|change| is_of_interest(title, change)).collect();
        let sign = match item.fate {
            ItemFate::Added => '+',
            ItemFate::Removed => '-',
            ItemFate::Changed if !own.is_empty() => '~',
            _ => continue,
        };
        if !begun {
            let _ = write!(text, "\n{title}\n");
            begun = true;
        }
        // A field of the release is its own name.
        let is_field = own.len() == 1 && own.iter().all(|change| change.path.to_string() == item.name);
        let port = if title == PORTS { port::taken(item) } else { None };
        match own.as_slice() {
            [change] if is_field => drop(write!(text, "  {}", values::change(change))),
            _ => drop(write!(text, "  {sign} {}", printable(port.as_deref().unwrap_or(&item.name)))),
        }
        if let Some(means) = &item.means {
            let _ = write!(text, ": {}", printable(means));
        }
        text.push('\n');
        if !is_field && port.is_none() {
            changes(text, "    ", own.into_iter());
        }
    }
}

/// Which services use an image is said by the services.
fn is_of_interest(title: &str, change: &Change) -> bool {
    let path = change.path.to_string();
    if change.old.is_none() && change.new.is_none() {
        return false;
    }
    match title {
        "images" => !path.starts_with("services"),
        "networks" => !path.starts_with("volumes"),
        _ => true,
    }
}

fn steps(text: &mut String, steps: &[UpgradeStep]) {
    if steps.is_empty() {
        return;
    }
    text.push_str("\nan update does this\n");
    let when = |step: &UpgradeStep| match (step.phase, step.stage) {
        (_, Some(stage)) => format!("stage {stage}"),
        (Phase::Prepare, None) => "prepare".to_owned(),
        _ => "finish".to_owned(),
    };
    let width = steps.iter().map(|step| when(step).len()).max().unwrap_or_default();
    let mut before = String::new();
    for step in steps {
        let now = when(step);
        let shown = if now == before { "" } else { now.as_str() };
        let _ = writeln!(text, "  {shown:width$}  {}", printable(&step.to_string()));
        before = now;
    }
}
