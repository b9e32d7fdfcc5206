//! Holds what an independent reader found in our files against the release.

use super::{
    release::{Link, Release, Route, Service, Text, mark, marked},
    stack::Stack,
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Labels that the renderer adds begin so.
const ADDED_LABELS: [&str; 2] = ["io.rancher.", "io.paas."];

/// The label by which load balancers find their targets in other environments.
const TARGET_LABEL: &str = "io.paas.load_balancer.target";

/// Keys that are passed on, and stand in the files beside what we write under them: they are compared with that.
const MERGED: [&str; 2] = ["external_links", "labels"];

/// What is compared of a rule of a load balancer, in the order of [`Comparison::rule`].
const RULE_KEYS: [&str; 8] =
    ["source_port", "protocol", "hostname", "path", "target_port", "service", "environment", "selector"];

/// What a comparison gave.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) services: usize,
    pub(super) values: usize,
    pub(super) faults: Vec<String>,
}

/// Compares a release with the stacks that were made of it.
pub(super) fn release_with_stacks(release: &Release, stacks: &[Stack]) -> Compared {
    let mut compared = Compared::default();
    let told: BTreeSet<&str> =
        release.parts.iter().flat_map(|part| &part.services).map(|service| service.name.as_str()).collect();
    let found: Vec<&str> =
        stacks.iter().flat_map(|stack| stack.services.keys()).map(String::as_str).collect();
    for name in found.iter().filter(|name| !told.contains(*name)) {
        compared.faults.push(format!("service `{name}` is in no part of the release"));
    }
    if found.len() != told.len() {
        compared.faults.push(format!("{} services in the files, {} in the release", found.len(), told.len()));
    }
    for part in &release.parts {
        let homes: Vec<&Stack> = stacks
            .iter()
            .filter(|stack| part.services.iter().any(|service| stack.services.contains_key(&service.name)))
            .collect();
        let [stack] = homes.as_slice() else {
            compared.faults.push(format!(
                "part `{}` is in {} stacks, not in one",
                part.environment,
                homes.len()
            ));
            continue;
        };
        for service in &part.services {
            let Some(Value::Object(read)) = stack.services.get(&service.name) else {
                compared.faults.push(format!("service `{}` is missing", service.name));
                continue;
            };
            Comparison { release, environment: &part.environment, service, read, compared: &mut compared }
                .run();
        }
    }
    compared
}

/// The target of a link, and its alias.
fn as_link(link: &str) -> (String, String) {
    let (target, alias) = link.split_once(':').unwrap_or((link, link));
    (target.to_owned(), alias.to_owned())
}

/// One service on its way through.
struct Comparison<'a> {
    release: &'a Release,
    environment: &'a str,
    service: &'a Service,
    read: &'a Map<String, Value>,
    compared: &'a mut Compared,
}

impl Comparison<'_> {
    fn run(mut self) {
        self.compared.services += 1;
        match self.service.kind.as_str() {
            "container" => {
                self.same("image", &self.service.image, &self.text("image"));
                self.same("command", &self.marked(&self.service.command), &self.list("command"));
                self.same("entrypoint", &self.marked(&self.service.entrypoint), &self.list("entrypoint"));
                let sharing = self.sharing();
                let environment: BTreeMap<String, String> = self
                    .service
                    .environment
                    .iter()
                    .map(|(name, text)| (name.clone(), text.marked(&sharing)))
                    .collect();
                self.same_map("environment", &environment, &self.map("environment"));
                self.labels();
                self.links();
                self.program();
                self.volumes();
                self.passed_on();
            }
            "load_balancer" => {
                let routes = self.service.routes.iter().map(|route| self.rule(route));
                self.same("routes", &routes.collect(), &self.port_rules());
            }
            "external" => {
                self.same("image", &"rancher/external-service".to_owned(), &self.text("image"));
                let host = self.service.host.clone().unwrap_or_default();
                self.same("hostname", &host, &self.text("hostname"));
                self.same("external_ips", &self.service.addresses, &self.list("external_ips"));
            }
            kind => self.fault(&format!("is of the kind `{kind}`, which these checks do not know")),
        }
    }

    /// How programs begin, and what their containers are called.
    fn program(&mut self) {
        for (key, told) in [("hostname", &self.service.hostname), ("working_dir", &self.service.working_dir)]
        {
            self.same(key, &told.clone().unwrap_or_default(), &self.text(key));
        }
        for (key, told) in [("tty", self.service.tty), ("stdin_open", self.service.stdin_open)] {
            self.same(key, &told, &(self.read.get(key) == Some(&Value::Bool(true))));
        }
    }

    /// Volumes without a name, folders of hosts, and the volumes of others. All these begin with `/`, as no name does.
    fn volumes(&mut self) {
        let mounts = self.service.security.host_mounts.iter().map(|mount| {
            let ways = mount.read_only.then_some("ro").into_iter().chain(mount.propagation.as_deref());
            let parts = [mount.host_path.clone(), mount.path.clone(), ways.collect::<Vec<_>>().join(",")];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
        });
        let told: BTreeSet<String> = mounts.chain(self.service.anonymous_volumes.iter().cloned()).collect();
        let read = self.list("volumes").into_iter().filter(|volume| volume.starts_with('/')).collect();
        self.same("volumes", &told, &read);
        for other in &self.service.volumes_from {
            self.same(&format!("volumes_from `{other}`"), &true, &self.list("volumes_from").contains(other));
        }
    }

    /// What is passed on to Rancher stands there as it is.
    fn passed_on(&mut self) {
        let sharing = self.sharing();
        let own = self.service.rancher.iter().filter(|(key, _)| !MERGED.contains(&key.as_str()));
        let side = |(key, told)| {
            (key, Some(marked(told, &sharing)), self.read.get(key).map(|value| self.plain(value)))
        };
        let own: Vec<(&String, Option<Value>, Option<Value>)> = own.map(side).collect();
        for (key, told, read) in own {
            self.same(key, &told, &read);
        }
    }

    /// What Rancher makes of a value of any shape.
    fn plain(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.interpolated(text).into(),
            Value::Array(items) => items.iter().map(|item| self.plain(item)).collect(),
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.plain(value))).collect::<Map<_, _>>().into()
            }
            other => other.clone(),
        }
    }

    fn labels(&mut self) {
        let mut read = self.map("labels");
        let (said, sharing) = (&self.service.labels, self.sharing());
        let mut said: BTreeMap<_, _> =
            said.iter().map(|(name, text)| (name.clone(), text.marked(&sharing))).collect();
        if let Some(Value::Object(more)) = self.service.rancher.get("labels") {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            said.extend(more.iter().map(|(name, value)| (name.clone(), text(&marked(value, &sharing)))));
        }
        read.retain(|name, _| {
            said.contains_key(name) || !ADDED_LABELS.iter().any(|ours| name.starts_with(ours))
        });
        self.same_map("labels", &said, &read);
    }

    /// A connection is a link under its alias. A dependency is none: stages keep the order.
    fn links(&mut self) {
        let mut read: BTreeSet<(String, String)> = BTreeSet::new();
        for link in self.list("links").into_iter().chain(self.list("external_links")) {
            read.insert(as_link(&link));
        }
        let unit = self.unit();
        let is_inside = |name: &str| unit.len() > 1 && unit.iter().any(|service| service.name == name);
        let links = unit.iter().flat_map(|service| &service.links);
        let connections = links.filter(|link| link.kind == "connection" && !is_inside(&link.to));
        let mut connections: BTreeSet<_> = connections.map(|link| self.target(link)).collect();
        let passed_on = unit.iter().filter_map(|service| service.rancher.get("external_links")?.as_array());
        connections.extend(passed_on.flatten().filter_map(Value::as_str).map(as_link));
        self.same("links", &connections, &read);
    }

    /// The service and what runs beside it: the links of all are written with it, and none with the others.
    fn unit(&self) -> Vec<&Service> {
        if self.service.sidekick.is_some() {
            return Vec::new();
        }
        let services = self.release.parts.iter().flat_map(|part| &part.services);
        let is_beside = |service: &&Service| {
            service.sidekick.as_ref().is_some_and(|sidekick| sidekick.of == self.service.name)
        };
        std::iter::once(self.service).chain(services.filter(is_beside)).collect()
    }

    /// Those whose links it has: itself, and all that it runs beside.
    fn sharing(&self) -> Vec<&Service> {
        let of = |service: &Service| service.sidekick.as_ref().map(|sidekick| sidekick.of.clone());
        let main = |service: &Service| of(service).unwrap_or_else(|| service.name.clone());
        let services = self.release.parts.iter().flat_map(|part| &part.services);
        let unit = main(self.service);
        let others = services.filter(|service| service.name != self.service.name && main(service) == unit);
        std::iter::once(self.service).chain(others).collect()
    }

    fn marked(&self, texts: &[Text]) -> Vec<String> {
        let sharing = self.sharing();
        texts.iter().map(|text| text.marked(&sharing)).collect()
    }

    /// How a link is written: its target by name in the same stack, by its full name in another.
    fn target(&self, link: &Link) -> (String, String) {
        let target = match self.elsewhere(&link.to) {
            None => link.to.clone(),
            Some(environment) => format!("{environment}/{}/{}", self.release.stack, link.to),
        };
        (target, link.alias.clone().unwrap_or_else(|| link.to.clone()))
    }

    /// The environment that a service is in, if it is another than this one's.
    fn elsewhere(&self, service: &str) -> Option<&str> {
        let home =
            self.release.parts.iter().find(|part| part.services.iter().any(|it| it.name == service))?;
        (home.environment != self.environment).then_some(&home.environment)
    }

    fn text(&self, key: &str) -> String {
        self.read.get(key).map_or_else(String::new, |value| self.scalar(value))
    }

    fn list(&self, key: &str) -> Vec<String> {
        match self.read.get(key) {
            Some(Value::Array(items)) => items.iter().map(|item| self.scalar(item)).collect(),
            Some(value) => vec![self.scalar(value)],
            None => Vec::new(),
        }
    }

    /// A map, written as a map or as a list of `KEY=VALUE`. Keys of a map stand as they are; `$` is special in values.
    fn map(&self, key: &str) -> BTreeMap<String, String> {
        match self.read.get(key) {
            Some(Value::Object(map)) => {
                map.iter().map(|(key, value)| (key.clone(), self.scalar(value))).collect()
            }
            _ => self
                .list(key)
                .iter()
                .map(|item| item.split_once('=').unwrap_or((item, "")))
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    /// How a rule of a load balancer is written: its target by name in the same stack, by label and environment in
    /// another.
    fn rule(&self, route: &Route) -> Vec<String> {
        let selected = route.selector.as_ref().map(|selector| {
            let pairs: Vec<String> =
                selector.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
            (String::new(), selector.environment.as_deref().unwrap_or(""), pairs.join(","))
        });
        let (service, environment, selector) = match self.elsewhere(&route.service) {
            _ if selected.is_some() => selected.unwrap_or_default(),
            None => (route.service.clone(), "", String::new()),
            Some(environment) => {
                let label = format!("{TARGET_LABEL}={}.{}", self.release.stack, route.service);
                (String::new(), environment, label)
            }
        };
        vec![
            route.listen.to_string(),
            route.protocol.clone(),
            route.host.clone().unwrap_or_default(),
            route.path.clone().unwrap_or_default(),
            route.port.to_string(),
            service,
            environment.to_owned(),
            selector,
        ]
    }

    fn port_rules(&self) -> Vec<Vec<String>> {
        let rules = self.read.get("lb_config").and_then(|config| config.get("port_rules"));
        let rules = rules.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |rule: &Value, key| rule.get(key).map_or_else(String::new, |value| self.scalar(value));
        rules.iter().map(|rule| RULE_KEYS.iter().map(|key| text(rule, key)).collect()).collect()
    }

    /// What Rancher makes of a value: `$$` is a dollar, `${answer}` is that answer.
    fn scalar(&self, value: &Value) -> String {
        match value {
            Value::String(text) => self.interpolated(text),
            other => other.to_string(),
        }
    }

    fn interpolated(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            let answer = after.strip_prefix('{').and_then(|name| name.split_once('}'));
            if let Some(after) = after.strip_prefix('$') {
                out.push('$');
                rest = after;
            } else if let Some((name, after)) = answer {
                let secret = self.release.secrets.iter().find(|secret| secret.answer == name);
                out.push_str(
                    &secret.map_or_else(|| "(no such answer)".to_owned(), |secret| mark(&secret.input)),
                );
                rest = after;
            } else {
                out.push_str("(lone dollar)");
                rest = after;
            }
        }
        out + rest
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, told: &T, read: &T) {
        self.compared.values += 1;
        if told != read {
            self.fault(&format!("{what}: the release says {told:?}, the files {read:?}"));
        }
    }

    fn same_map(&mut self, what: &str, told: &BTreeMap<String, String>, read: &BTreeMap<String, String>) {
        let names: BTreeSet<&String> = told.keys().chain(read.keys()).collect();
        for name in names {
            self.same(&format!("{what} `{name}`"), &told.get(name), &read.get(name));
        }
    }

    fn fault(&mut self, text: &str) {
        self.compared.faults.push(format!("service `{}`: {text}", self.service.name));
    }
}

#[cfg(test)]
mod tests;
