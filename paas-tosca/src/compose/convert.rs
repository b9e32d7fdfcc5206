//! From the services of the files to those of an application.

use super::{
    ALIAS_IMAGE, BALANCER_IMAGE, EXTERNAL_IMAGE, Options, balancer, container,
    filled::Filled,
    findings::{Findings, Use},
    labels,
    node::{Data, Node},
    read::{File, Service},
    volumes,
};
use paas_core::{
    application::{
        Application, ExternalService, Network, Protocol, Service as Made, ServiceKind, Text, Value,
    },
    diagnostic::{Code, Diagnostic, Place, did_you_mean, shown},
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Makes the services, the network and the volumes.
pub(super) fn services(
    file: &File,
    secrets: &BTreeSet<String>,
    options: &Options,
    application: &mut Application,
    findings: &mut Findings,
) {
    let mut network = Network::new(&options.network);
    network.name.clone_from(&options.network);
    application.networks.push(network);
    let by_name: BTreeMap<&str, &Service> =
        file.services.iter().map(|service| (service.name.text.as_str(), service)).collect();
    let declared = file.secrets.iter().map(|(key, node)| (key.text.as_str(), node)).collect();
    let mut maker = Maker {
        findings,
        secrets,
        by_name,
        units: BTreeMap::new(),
        volumes: Vec::new(),
        named: HashSet::new(),
        seen: Seen::default(),
        declared,
    };
    maker.find_units(file);
    for service in &file.services {
        let name = service.name.text.as_str();
        let (kind, links) = match Kind::of(service) {
            Kind::Alias => {
                labels::of_others(&mut maker, service);
                continue;
            }
            Kind::External => (external(&mut maker, service), Vec::new()),
            Kind::Balancer => balancer::make(&mut maker, service),
            Kind::Container => container::make(&mut maker, service),
        };
        let Some(kind) = kind else { continue };
        let mut made = Made::new(name, &options.network, kind);
        made.links = links;
        made.origin = service.name.place.clone().into();
        application.services.push(made);
    }
    volumes::declared(&mut maker, file);
    application.volumes = maker.volumes;
    count_together(application);
}

/// A sidekick is wherever its service is, as often as that.
fn count_together(application: &mut Application) {
    let counts: BTreeMap<String, (u32, bool)> = application
        .services
        .iter()
        .filter_map(|service| Some((service.name.clone(), service.container()?)))
        .map(|(name, container)| (name, (container.scale, container.everywhere)))
        .collect();
    for service in &mut application.services {
        let ServiceKind::Container(container) = &mut service.kind else { continue };
        let of = container.sidekick.as_ref().map(|sidekick| sidekick.of.as_str());
        if let Some((scale, everywhere)) = of.and_then(|of| counts.get(of)) {
            (container.scale, container.everywhere) = (*scale, *everywhere);
        }
    }
}

/// What a service is, as the executor chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    Balancer,
    External,
    Alias,
}

impl Kind {
    pub(super) fn of(service: &Service) -> Self {
        let image =
            service.get("image").and_then(Node::scalar).map(|image| image.value()).unwrap_or_default();
        let rules = service.get("lb_config").and_then(|config| config.get("port_rules"));
        let listens = rules
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .any(|rule| rule.get("source_port").and_then(Node::whole).is_some_and(|port| port != 0));
        match image.as_str() {
            EXTERNAL_IMAGE => Self::External,
            ALIAS_IMAGE => Self::Alias,
            BALANCER_IMAGE => Self::Balancer,
            _ if listens => Self::Balancer,
            _ => Self::Container,
        }
    }
}

/// What a container has one of each.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Where something is mounted.
    pub(super) targets: HashSet<String>,
    pub(super) ports: HashSet<(u16, Protocol)>,
}

/// What is needed to make a service.
pub(super) struct Maker<'a> {
    pub(super) findings: &'a mut Findings,
    pub(super) secrets: &'a BTreeSet<String>,
    pub(super) by_name: BTreeMap<&'a str, &'a Service>,
    /// The service that each sidekick runs beside.
    units: BTreeMap<String, String>,
    pub(super) volumes: Vec<paas_core::application::Volume>,
    /// The names of these.
    pub(super) named: HashSet<String>,
    /// What the container that is being made has.
    pub(super) seen: Seen,
    /// What the files say of secrets beside their uses.
    pub(super) declared: BTreeMap<&'a str, &'a Node>,
}

impl<'a> Maker<'a> {
    /// Which services run beside which.
    fn find_units(&mut self, file: &'a File) {
        for service in &file.services {
            let main = &service.name.text;
            for (sidekick, place) in labels::sidekicks(service) {
                if !self.by_name.contains_key(sidekick.as_str()) {
                    let message = format!(
                        "{} names the sidekick {}, which the stack does not have",
                        shown(main),
                        shown(&sidekick)
                    );
                    let help = did_you_mean(&sidekick, self.names());
                    self.findings
                        .push(Diagnostic::new(Code::ComposeReference, message).at(place).maybe_help(help));
                } else if sidekick == *main || self.units.contains_key(&sidekick) {
                    let message = format!(
                        "{} runs beside {} and beside another one, or itself",
                        shown(&sidekick),
                        shown(main)
                    );
                    self.findings.push(
                        Diagnostic::new(Code::ComposeReference, message)
                            .at(place)
                            .help("a sidekick has one service"),
                    );
                } else {
                    self.units.insert(sidekick, main.clone());
                }
            }
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.by_name.keys().copied().collect::<Vec<_>>().into_iter()
    }

    pub(super) fn is_sidekick(&self, service: &str) -> bool {
        self.units.contains_key(service)
    }

    /// The service that a sidekick runs beside.
    pub(super) fn main_of(&self, service: &str) -> Option<&str> {
        self.units.get(service).map(String::as_str)
    }

    /// Whether two services run beside each other, or are the same.
    pub(super) fn is_beside(&self, one: &str, other: &str) -> bool {
        let unit = |name| self.main_of(name).unwrap_or(name).to_owned();
        unit(one) == unit(other)
    }

    /// The services that a name stands for: itself, or what is behind an alias; none if the stack does not have it.
    pub(super) fn behind_alias(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut left = vec![name.to_owned()];
        while let Some(name) = left.pop() {
            let Some(service) = self.by_name.get(name.as_str()) else { continue };
            // Nobody has names of names of names.
            if seen.len() > 64 || !seen.insert(name.clone()) {
                continue;
            }
            if Kind::of(service) != Kind::Alias {
                found.push(name);
                continue;
            }
            let links = service.get("links").map(Node::items).unwrap_or_default();
            let targets = links.iter().filter_map(Node::scalar).map(|link| link.value());
            left.extend(
                targets.map(|link| link.split(':').next().unwrap_or_default().trim().to_owned()).rev(),
            );
        }
        found.dedup();
        found
    }

    /// A text of the application; answers in it are noted at the property.
    pub(super) fn text(&mut self, service: &str, path: &[&str], text: &Filled) -> Text {
        let whole = text.answers().filter(|name| self.secrets.contains(*name)).count();
        if self.has_secret(text) && whole == 0 {
            let place = self.by_name.get(service).map(|service| service.name.place.clone());
            let place = place.unwrap_or_else(|| Place::start_of("docker-compose.yml"));
            self.findings.secret(service, path.first().copied().unwrap_or_default(), &place);
        }
        self.note(service, path, text, false);
        text.to_text(self.secrets)
    }

    /// A string in which no secret may stand.
    pub(super) fn string(
        &mut self,
        service: &str,
        key: &str,
        path: &[&str],
        text: &Filled,
        place: &Place,
    ) -> String {
        if self.has_secret(text) {
            self.findings.secret(service, key, place);
            return String::new();
        }
        self.note(service, path, text, false);
        text.value()
    }

    pub(super) fn has_secret(&self, text: &Filled) -> bool {
        text.has_any(self.secrets)
    }

    /// A single value whose answers are fixed, if there are any.
    pub(super) fn fixed(&mut self, service: &str, key: &str, node: &Node) -> String {
        let text = node.scalar().unwrap_or_default();
        if self.has_secret(&text) {
            return self.string(service, key, &[], &text, &node.place);
        }
        self.findings.fixed(&text, service, key, &node.place);
        text.value()
    }

    pub(super) fn note(&mut self, service: &str, path: &[&str], text: &Filled, is_integer: bool) {
        if !text.is_literal() && !path.is_empty() {
            self.findings.uses.push(Use {
                service: service.to_owned(),
                path: path.iter().map(|step| (*step).to_owned()).collect(),
                text: text.clone(),
                is_integer,
            });
        }
    }

    /// A value that only Rancher gets, with everything in it.
    pub(super) fn value(&mut self, service: &str, path: &mut Vec<String>, node: &Node) -> Value {
        match &node.data {
            Data::Null => Value::Null,
            Data::Boolean(flag) => Value::Boolean(*flag),
            Data::Integer(number) => Value::Integer(*number),
            Data::Float(number) => Value::Float(*number),
            Data::Text(text) => {
                let pointer =
                    path.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
                let pointer: String = pointer.collect();
                Value::Text(self.text(service, &["rancher_texts", &pointer], text))
            }
            Data::List(items) => {
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    path.push(index.to_string());
                    all.push(self.value(service, path, item));
                    path.pop();
                }
                Value::List(all)
            }
            Data::Map(entries) => {
                let mut all = BTreeMap::new();
                for (key, value) in entries {
                    path.push(key.text.clone());
                    all.insert(key.text.clone(), self.value(service, path, value));
                    path.pop();
                }
                Value::Map(all)
            }
        }
    }
}

/// Something outside the platform.
fn external(maker: &mut Maker<'_>, service: &Service) -> Option<ServiceKind> {
    let name = service.name.text.as_str();
    let mut found = None;
    for (key, value) in &service.entries {
        match key.text.as_str() {
            "image" => {}
            "hostname" => {
                let host = maker.fixed(name, "hostname", value);
                if !host.is_empty() {
                    if service.get("external_ips").is_some_and(|addresses| !addresses.is_empty()) {
                        let why = "something outside has a host name or addresses, not both";
                        maker.findings.lost(Some(name), "hostname", &key.place, why);
                    }
                    found = found.or(Some(ExternalService::Host(host)));
                }
            }
            "external_ips" => {
                let addresses: Vec<_> =
                    value.items().iter().map(|item| maker.fixed(name, "external_ips", item)).collect();
                found = Some(ExternalService::Addresses(addresses));
            }
            word => maker.findings.lost(
                Some(name),
                word,
                &key.place,
                "something outside has a host name or addresses only",
            ),
        }
    }
    if found.is_none() {
        let message =
            format!("the external service {} has neither `hostname` nor `external_ips`", shown(name));
        maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(service.name.place.clone()));
    }
    found.map(Into::into)
}
