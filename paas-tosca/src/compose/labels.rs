//! Labels: those of the container, and those that tell Rancher what to do.

use super::{
    convert::Maker,
    filled::Filled,
    merge,
    node::{Data, Key, Node},
    read::Service,
};
use crate::profile::is_label_name;
use paas_core::{
    application::{Affinity, AffinityRule, AffinityTo, Container, Value},
    diagnostic::Place,
    policy::is_label_never_allowed as is_never_allowed,
};
use std::collections::BTreeMap;

const AFFINITY: &str = "io.rancher.scheduler.affinity:";
const DNS: &str = "io.rancher.container.dns";
const GLOBAL: &str = "io.rancher.scheduler.global";
const SIDEKICKS: &str = "io.rancher.sidekicks";
const START_ONCE: &str = "io.rancher.container.start_once";

/// The labels of a service as a map.
pub(super) fn of(service: &Service) -> Vec<(Key, Node)> {
    match service.get("labels").map(merge::as_map) {
        Some(Data::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

/// The names of the services that run beside one.
pub(super) fn sidekicks(service: &Service) -> Vec<(String, Place)> {
    let labels = of(service).into_iter().filter(|(key, _)| key.text == SIDEKICKS);
    labels
        .flat_map(|(_, value)| {
            let text = value.scalar().unwrap_or_default().value();
            let names: Vec<_> = text.split(',').map(|name| name.trim().to_owned()).collect();
            names.into_iter().filter(|name| !name.is_empty()).map(move |name| (name, value.place.clone()))
        })
        .collect()
}

/// Reads the labels of a container.
pub(super) fn read(maker: &mut Maker<'_>, service: &Service, container: &mut Container) {
    let name = service.name.text.as_str();
    let mut of_rancher = BTreeMap::new();
    for (key, value) in of(service) {
        let text = value.scalar().unwrap_or_default();
        let is_true = text.value().eq_ignore_ascii_case("true");
        let shown = format!("labels.{}", key.text);
        match key.text.as_str() {
            word if !is_label_name(word) => {
                let why = "it cannot be the name of a label";
                maker.findings.lost(Some(name), &shown, &key.place, why);
            }
            SIDEKICKS => {
                maker.findings.fixed(&text, name, &shown, &value.place);
                if text.value().contains(',') {
                    maker.findings.kept(
                        Some(name),
                        &shown,
                        &key.place,
                        "the order of sidekicks has no meaning",
                    );
                }
            }
            GLOBAL if container.sidekick.is_some() => {
                let why = "a sidekick runs wherever its service does";
                maker.findings.partly(Some(name), &shown, &key.place, why);
            }
            GLOBAL | START_ONCE => {
                maker.findings.fixed(&text, name, &shown, &value.place);
                match key.text.as_str() {
                    GLOBAL => container.everywhere = is_true,
                    _ => container.run_once = is_true,
                }
                if !is_true || text.value() != "true" {
                    maker.findings.kept(Some(name), &shown, &key.place, "only `true` has a meaning");
                }
            }
            word if word.starts_with(AFFINITY) => affinities(maker, name, &key, &value, container),
            word if is_never_allowed(word) => {
                let pointer = format!("/labels/{}", word.replace('~', "~0").replace('/', "~1"));
                let text = maker.text(name, &["rancher_texts", &pointer], &text);
                of_rancher.insert(word.to_owned(), Value::Text(text));
                maker.findings.partly(
                    Some(name),
                    &shown,
                    &key.place,
                    "it directs Rancher: only Rancher gets it",
                );
            }
            word => {
                let text = maker.text(name, &["labels", word], &text);
                container.labels.insert(word.to_owned(), text);
            }
        }
    }
    if !of_rancher.is_empty() {
        container.rancher.insert("labels".to_owned(), Value::Map(of_rancher));
    }
    if container.security.host_network && container.labels.remove(DNS).is_none() {
        let place = &service.entry("network_mode").map_or(&service.name.place, |(key, _)| &key.place).clone();
        let why =
            "on the network of the host it finds services by name now, as all services of an application do";
        maker.findings.partly(Some(name), "labels.io.rancher.container.dns", place, why);
    }
}

/// Labels of what is no container.
pub(super) fn of_others(maker: &mut Maker<'_>, service: &Service) {
    let name = service.name.text.as_str();
    for (key, _) in &service.entries {
        match key.text.as_str() {
            "image" => {}
            "links" => {
                let why =
                    "another name of services: links to it lead to them, and nobody else knows the name";
                maker.findings.partly(Some(name), "links", &key.place, why);
            }
            word => {
                maker.findings.lost(Some(name), word, &key.place, "another name of services has links only");
            }
        }
    }
}

/// `io.rancher.scheduler.affinity:WHAT: key=value,key=value`.
fn affinities(maker: &mut Maker<'_>, service: &str, key: &Key, value: &Node, container: &mut Container) {
    let shown = format!("labels.{}", key.text);
    let what = key.text.get(AFFINITY.len()..).unwrap_or_default();
    let (kind, rule) = match what {
        _ if what.ends_with("_soft_ne") => (what.trim_end_matches("_soft_ne"), AffinityRule::ShouldNot),
        _ if what.ends_with("_soft") => (what.trim_end_matches("_soft"), AffinityRule::Should),
        _ if what.ends_with("_ne") => (what.trim_end_matches("_ne"), AffinityRule::MustNot),
        _ => (what, AffinityRule::Must),
    };
    let text = value.scalar().unwrap_or_default();
    let pairs = text.value();
    let pairs: Vec<_> = pairs.split(',').map(str::trim).filter(|pair| !pair.is_empty()).collect();
    maker.findings.fixed(&text, service, &shown, &value.place);
    for pair in &pairs {
        let (label, wanted) = match (kind, pair.split_once('=')) {
            ("host_label" | "container_label", Some((label, wanted))) => (label.trim(), wanted.trim()),
            ("container", None) => {
                // Containers by their names: only Rancher knows these.
                let why = "rules about hosts look at labels and services, not at names of containers";
                maker.findings.lost(Some(service), &shown, &key.place, why);
                continue;
            }
            _ => {
                maker.findings.lost(
                    Some(service),
                    &shown,
                    &key.place,
                    "Rancher cannot read it as `label=value`",
                );
                continue;
            }
        };
        let (label, value) = (label.to_owned(), wanted.to_owned());
        let to = match kind {
            "host_label" => AffinityTo::Host { label, value },
            _ => AffinityTo::Container { label, value },
        };
        container.affinities.push(Affinity::new(rule, to));
    }
    if pairs.is_empty() {
        maker.findings.kept(Some(service), &shown, &key.place, "a rule that names nothing holds always");
    } else if pairs.join(",") != text.value() {
        maker.findings.kept(Some(service), &shown, &key.place, "spaces have no meaning in it");
    }
}

/// The value of an answerless label.
pub(super) fn literal<'a>(labels: &'a [(Key, Node)], name: &str) -> Option<(&'a Key, Filled)> {
    labels.iter().find(|(key, _)| key.text == name).and_then(|(key, value)| Some((key, value.scalar()?)))
}
