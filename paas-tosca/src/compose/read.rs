//! One file: sections, answers, shapes.

use super::{
    Findings,
    answers::Answers,
    interpolate, keys,
    node::{Data, Key, Node},
    origins::Origins,
    shapes,
    template::{self, Names},
    yaml11,
};
use crate::{Limits, Source, yaml};
use paas_core::diagnostic::{Code, Diagnostic, Place, shown};

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) services: Vec<Service>,
    pub(super) volumes: Vec<(Key, Node)>,
    pub(super) secrets: Vec<(Key, Node)>,
}

/// A service as a file has it, with the keys of version 2.
#[derive(Debug, Clone)]
pub(super) struct Service {
    pub(super) name: Key,
    pub(super) entries: Vec<(Key, Node)>,
}

impl Service {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(each, _)| each.text == key).map(|(_, value)| value)
    }

    pub(super) fn entry(&self, key: &str) -> Option<(&Key, &Node)> {
        self.entries.iter().find(|(each, _)| each.text == key).map(|(key, value)| (key, value))
    }
}

/// Stacks of Rancher have far fewer.
const MOST_SERVICES: usize = 10_000;

/// Reads one of the two files.
pub(super) fn file(
    source: &Source,
    answers: &Answers,
    names: &Names<'_>,
    limits: &Limits,
    findings: &mut Findings,
) -> File {
    let mut file = File::default();
    findings.sources.push(source.clone());
    let Some(text) = Text::of(source, answers, names, findings) else { return file };
    let loaded = yaml::load_last_wins(&text.source, limits);
    // A file of nothing is a file without services.
    for mut problem in loaded.diagnostics.into_iter().filter(|problem| problem.code != Code::Empty) {
        problem.labels.iter_mut().for_each(|label| text.put_back(&mut label.place));
        findings.push(problem);
    }
    let Some(tree) = loaded.tree else { return file };
    let mut root = yaml11::read(tree.root());
    text.put_all_back(&mut root);
    sections(root, answers, findings, &mut file);
    file
}

/// The text of a file after its templates.
struct Text {
    source: Source,
    /// What was written by templates, and the places of the text that people have.
    origins: Option<(Origins, yaml::PlacesIn)>,
}

impl Text {
    fn of(source: &Source, answers: &Answers, names: &Names<'_>, findings: &mut Findings) -> Option<Self> {
        if !template::is_template(source.text()) {
            return Some(Self { source: source.clone(), origins: None });
        }
        let places = yaml::PlacesIn::new(source);
        let applied = match template::apply(source.text(), answers, names) {
            Ok(applied) => applied,
            Err(problem) => {
                let problem = Diagnostic::new(Code::ComposeTemplate, problem.message)
                    .at(places.of(problem.at))
                    .help(problem.help);
                findings.push(problem);
                return None;
            }
        };
        let printed = applied.printed.iter().find(|(name, _)| findings.secrets.contains(*name));
        if let Some((name, at)) = printed {
            let message = format!(
                "the password {} is put in by a Go template, where it cannot stay secret",
                shown(name)
            );
            let help = "write `${NAME}` for it, which is put in after the file is read";
            let place = places.of(at.clone());
            findings.push(Diagnostic::new(Code::ComposeSecret, message).at(place).help(help));
            return None;
        }
        for (answer, at) in applied.unanswered {
            findings.answers.unanswered.entry(answer).or_insert_with(|| places.of(at));
        }
        for (answer, at) in applied.answers {
            findings.fixed_by_template(&answer, &places.of(at));
        }
        let source = Source::new(source.name().clone(), applied.text);
        Some(Self { source, origins: Some((applied.origins, places)) })
    }

    /// A place of the text as the place that people know.
    fn put_back(&self, place: &mut Place) {
        let Some((origins, places)) = &self.origins else { return };
        *place = places.of(origins.of(place.start.offset as usize..place.end.offset as usize));
    }

    fn put_all_back(&self, node: &mut Node) {
        if self.origins.is_none() {
            return;
        }
        self.put_back(&mut node.place);
        match &mut node.data {
            Data::List(items) => items.iter_mut().for_each(|item| self.put_all_back(item)),
            Data::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                self.put_back(&mut key.place);
                self.put_all_back(value);
            }),
            _ => {}
        }
    }
}

fn sections(root: Node, answers: &Answers, findings: &mut Findings, file: &mut File) {
    let place = root.place.clone();
    let entries = match root.data {
        Data::Map(entries) => entries,
        Data::Null => return,
        _ => {
            let message = format!("a compose file is a map of services, but here is {}", root.describe());
            return findings.push(Diagnostic::new(Code::ComposeShape, message).at(place));
        }
    };
    let version = entries.iter().find(|(key, _)| key.text == "version").map(|(_, value)| value);
    let said = version.and_then(Node::scalar).map(|text| text.value());
    let is_two = said.as_deref() == Some("2");
    if let (Some(said), Some(node)) = (&said, version)
        && !is_two
    {
        let message =
            format!("Rancher's executor takes version 2 and files without a version, not {}", shown(said));
        let help =
            "write `version: \"2\"`; what later versions added, such as `deploy`, has no meaning there";
        return findings
            .push(Diagnostic::new(Code::ComposeVersion, message).at(node.place.clone()).help(help));
    }
    for (key, value) in entries {
        match (is_two, key.text.as_str()) {
            (_, "version") | (true, "catalog" | ".catalog") | (false, ".catalog") => {}
            (false, _) => service(key, value, Section::Services, is_two, answers, findings, file),
            (true, "volumes") => named(value, Some(answers), findings, &mut file.volumes),
            (true, "secrets") => named(value, None, findings, &mut file.secrets),
            (true, word) => match Section::of(word) {
                Some(section) => {
                    let mut all = Vec::new();
                    named(value, None, findings, &mut all);
                    for (name, value) in all {
                        service(name, value, section, is_two, answers, findings, file);
                    }
                }
                None => other_section(&key, findings),
            },
        }
    }
}

/// Where services stand in a file of version 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Services,
    LoadBalancers,
    StorageDrivers,
    NetworkDrivers,
    ExternalServices,
    Aliases,
}

impl Section {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "services" => Self::Services,
            "load_balancers" => Self::LoadBalancers,
            "storage_drivers" => Self::StorageDrivers,
            "network_drivers" => Self::NetworkDrivers,
            "external_services" => Self::ExternalServices,
            "aliases" => Self::Aliases,
            _ => return None,
        })
    }

    /// The key below which the executor moves what stands in the service itself.
    fn moved(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::LoadBalancers => {
                Some(("lb_config", &["certs", "config", "default_cert", "port_rules", "stickiness_policy"]))
            }
            Self::StorageDrivers => Some((
                "storage_driver",
                &["name", "scope", "volume_access_mode", "block_device_path", "volume_capabilities"],
            )),
            Self::NetworkDrivers => {
                Some(("network_driver", &["name", "default_network", "cni_config", "network_metadata"]))
            }
            _ => None,
        }
    }
}

/// The executor reads no further sections, or makes nothing of them that an application has.
fn other_section(key: &Key, findings: &mut Findings) {
    let why = match key.text.as_str() {
        "containers" => "containers that no service has are no part of an application; make them services",
        "virtual_machines" => "virtual machines are no part of an application",
        "dependencies" => "other stacks are installed by themselves",
        "hosts" => "hosts are not made by applications",
        "networks" => "Rancher gives the section no meaning: the network is that of the environment",
        _ => "Rancher gives the section no meaning",
    };
    if matches!(key.text.as_str(), "containers" | "virtual_machines" | "dependencies" | "hosts") {
        findings.lost(None, &key.text, &key.place, why);
    } else {
        findings.kept(None, &key.text, &key.place, why);
    }
}

fn named(value: Node, answers: Option<&Answers>, findings: &mut Findings, into: &mut Vec<(Key, Node)>) {
    let place = value.place.clone();
    match value.data {
        Data::Map(entries) => {
            for (key, mut value) in entries {
                if let Some(answers) = answers {
                    interpolate::fill(&mut value, answers, &mut findings.answers);
                }
                into.push((key, value));
            }
        }
        Data::Null => {}
        _ => {
            let message = format!("the section takes a map, but here is {}", value.describe());
            findings.push(Diagnostic::new(Code::ComposeShape, message).at(place));
        }
    }
}

fn service(
    name: Key,
    value: Node,
    section: Section,
    is_two: bool,
    answers: &Answers,
    findings: &mut Findings,
    file: &mut File,
) {
    let mut entries = match value.data {
        Data::Map(entries) => entries,
        Data::Null => Vec::new(),
        _ => {
            let message =
                format!("the service {} takes a map, but here is {}", shown(&name.text), value.describe());
            return findings.push(Diagnostic::new(Code::ComposeShape, message).at(value.place));
        }
    };
    sectioned(&mut entries, section, &value.place);
    if file.services.len() >= MOST_SERVICES {
        if file.services.len() == MOST_SERVICES {
            let message = format!("the stack has more than {MOST_SERVICES} services");
            findings.push(Diagnostic::new(Code::ComposeValue, message).at(name.place.clone()));
        }
        return;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if name.text.is_empty() || !name.text.chars().all(is_name) {
        let message = format!("{} is no name of a service", shown(&name.text));
        let help = "names have letters, digits and dashes";
        findings.push(Diagnostic::new(Code::ComposeServiceName, message).at(name.place.clone()).help(help));
        return;
    }
    let mut done: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
    for (key, mut value) in entries {
        interpolate::fill(&mut value, answers, &mut findings.answers);
        let Some((shape, _)) = keys::key(&key.text, is_two) else {
            findings.push(shapes::unknown(&key, &value, keys::names(is_two)));
            continue;
        };
        if !shapes::fits(shape, &key.text, &value) {
            let message =
                format!("{} takes {}, but here is {}", shown(&key.text), shape.describe(), value.describe());
            findings.push(Diagnostic::new(Code::ComposeShape, message).at(value.place.clone()));
            continue;
        }
        shapes::names(&key.text, &mut value, &name.text, findings);
        done.push((key, value));
    }
    shapes::together(&done, &name.text, findings);
    if !is_two {
        modern(&mut done, &name.text, findings);
    }
    file.services.push(Service { name, entries: done });
}

/// What a section says of its services beyond their keys.
fn sectioned(entries: &mut Vec<(Key, Node)>, section: Section, place: &Place) {
    if let Some((target, fields)) = section.moved() {
        let (moved, rest): (Vec<_>, Vec<_>) =
            std::mem::take(entries).into_iter().partition(|(key, _)| fields.contains(&key.text.as_str()));
        *entries = rest;
        if !moved.is_empty() {
            entries.retain(|(key, _)| key.text != target);
            let key = Key { text: target.to_owned(), place: place.clone() };
            entries.push((key, Node { data: Data::Map(moved), place: place.clone() }));
        }
    }
    let image = match section {
        Section::ExternalServices => super::EXTERNAL_IMAGE,
        Section::Aliases => super::ALIAS_IMAGE,
        _ => return,
    };
    entries.retain(|(key, _)| key.text != "image");
    for (key, _) in
        entries.iter_mut().filter(|(key, _)| section == Section::Aliases && key.text == "services")
    {
        "links".clone_into(&mut key.text);
    }
    let key = Key { text: "image".to_owned(), place: place.clone() };
    entries.push((key, Node::text(image, place.clone())));
}

/// The keys of version 1 as version 2 has them.
fn modern(entries: &mut Vec<(Key, Node)>, service: &str, findings: &mut Findings) {
    entries.retain(|(key, _)| {
        let is_known = key.text != "mem_reservation";
        if !is_known {
            findings.kept(
                Some(service),
                &key.text,
                &key.place,
                "in files without a version Rancher gives it no meaning",
            );
        }
        is_known
    });
    let mut driver = None;
    let mut options = None;
    entries.retain(|(key, value)| match key.text.as_str() {
        "log_driver" => {
            driver = (!value.is_empty()).then(|| (key.clone(), value.clone()));
            false
        }
        "log_opt" => {
            options = (!value.is_empty()).then(|| (key.clone(), value.clone()));
            false
        }
        _ => true,
    });
    if let Some((first, _)) = driver.as_ref().or(options.as_ref()) {
        let place = first.place.clone();
        for (key, _) in driver.iter().chain(&options) {
            findings.call("logging", key, service);
        }
        let named = |name: &str, (key, value): (Key, Node)| (Key { text: name.to_owned(), ..key }, value);
        let inner = driver.into_iter().map(|it| named("driver", it));
        let inner = inner.chain(options.into_iter().map(|it| named("options", it))).collect();
        let key = Key { text: "logging".to_owned(), place: place.clone() };
        entries.push((key, Node { data: Data::Map(inner), place }));
    }
    for (key, _) in entries.iter_mut().filter(|(key, _)| key.text == "net") {
        findings.call("network_mode", key, service);
        "network_mode".clone_into(&mut key.text);
    }
}
