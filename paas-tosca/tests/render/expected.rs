//! What the files of a release must say, worked out anew and slowly.

use paas_core::{
    application::{
        self, AffinityRule, AffinityTo, Container, External, ExternalService, FileContent, HealthCheck,
        LinkKind, OnFailure, Propagation, Protocol, Route, Security, Segment, Service, ServiceKind, Text,
    },
    release::{Backend, Part, Release},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const TARGET: &str = "io.paas.load_balancer.target";

/// What `docker-compose.yml` says.
pub(crate) fn docker_compose(release: &Release, part: &Part) -> Value {
    let services = part.services.iter().map(|service| (service.name.clone(), docker(release, part, service)));
    let mut file = json!({ "version": "2", "services": services.collect::<Map<_, _>>() });
    let mounts = part.services.iter().filter_map(Service::container).flat_map(|container| &container.mounts);
    let volume = || json!({ "driver": "rancher-nfs", "external": true });
    let volumes: Map<_, _> = mounts.map(|mount| (mount.volume.clone(), volume())).collect();
    set(&mut file, "volumes", json!(volumes));
    let secrets = part.services.iter().filter_map(Service::container).flat_map(secret_files);
    let secrets: Map<_, _> = secrets
        .map(|said| (said["source"].as_str().unwrap().to_owned(), json!({ "external": "true" })))
        .collect();
    set(&mut file, "secrets", json!(secrets));
    file
}

/// What `rancher-compose.yml` says.
pub(crate) fn rancher_compose(release: &Release, part: &Part) -> Value {
    let services =
        part.services.iter().map(|service| (service.name.clone(), rancher(release, part, service)));
    let said: Map<_, _> = services.filter(|(_, service)| *service != json!({})).collect();
    json!({ "version": "2", "services": said })
}

/// Sets a key, unless there is nothing to say.
fn set(map: &mut Value, key: &str, value: Value) {
    if !matches!(&value, Value::Null) && value != json!([]) && value != json!({}) {
        map[key] = value;
    }
}

fn once(values: impl IntoIterator<Item = String>) -> Value {
    let mut distinct: Vec<String> = vec![];
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    json!(distinct)
}

fn home<'a>(release: &'a Release, service: &str) -> Option<&'a Part> {
    release.parts.iter().find(|part| part.services.iter().any(|s| s.name == service))
}

fn is_elsewhere(release: &Release, here: &Part, service: &str) -> bool {
    home(release, service).is_some_and(|part| part.network.name != here.network.name)
}

fn docker(release: &Release, part: &Part, service: &Service) -> Value {
    let mut labels = json!({});
    let mut said = match &service.kind {
        ServiceKind::Container(container) => {
            let said = container.labels.iter();
            labels = said.map(|(key, value)| (key.clone(), text(release, service, value))).collect();
            docker_container(release, service, container)
        }
        ServiceKind::LoadBalancer(balancer) => {
            let Backend::Rancher(rancher) = &release.backend else { unreachable!() };
            let ports = balancer.routes.iter().map(|route| format!("{0}:{0}/tcp", route.listen));
            let mut said = json!({ "image": rancher.load_balancer_image });
            set(&mut said, "ports", once(ports));
            said
        }
        _ => json!({ "image": "rancher/external-service" }),
    };
    if let Some(container) = service.container() {
        if let Some(passed) = container.rancher.get("labels") {
            let passed = value_of(release, service, passed);
            for (key, value) in passed.as_object().unwrap() {
                labels.as_object_mut().unwrap().entry(key.clone()).or_insert(value.clone());
            }
        }
        if container.everywhere && container.sidekick.is_none() {
            labels["io.rancher.scheduler.global"] = json!("true");
        }
        if container.security.host_network {
            labels["io.rancher.container.dns"] = json!("true");
        }
        if container.run_once {
            labels["io.rancher.container.start_once"] = json!("true");
        }
        for (key, pairs) in affinities(release, container) {
            labels[format!("io.rancher.scheduler.affinity:{key}")] = json!(pairs.join(","));
        }
        for (index, files) in container.log_files.iter().enumerate() {
            labels[format!("io.paas.logs.{}.directory", index + 1)] = json!(files.directory);
            if !files.extensions.is_empty() {
                labels[format!("io.paas.logs.{}.extensions", index + 1)] = json!(files.extensions.join(","));
            }
        }
        let beside: Vec<&Service> = release
            .parts
            .iter()
            .flat_map(|part| &part.services)
            .filter(|other| other.sidekick().is_some_and(|sidekick| sidekick.of == service.name))
            .collect();
        if !beside.is_empty() {
            let names: Vec<&str> = beside.iter().map(|other| other.name.as_str()).collect();
            labels["io.rancher.sidekicks"] = json!(names.join(","));
        }
        // A service has the links of its sidekicks, and these have none.
        let unit: Vec<&Service> = match &container.sidekick {
            Some(_) => vec![],
            None => std::iter::once(service).chain(beside).collect(),
        };
        let is_inside = |name: &str| unit.len() > 1 && unit.iter().any(|other| other.name == name);
        let connections = || {
            let links = unit.iter().flat_map(|service| &service.links);
            links.filter(|link| link.kind == LinkKind::Connection && !is_inside(&link.to))
        };
        let near = connections().filter(|link| !is_elsewhere(release, part, &link.to));
        set(&mut said, "links", once(near.map(|link| format!("{}:{}", link.to, link.name()))));
        let far = connections().filter(|link| is_elsewhere(release, part, &link.to));
        let far = far.map(|link| {
            let environment = &home(release, &link.to).unwrap().environment;
            format!("{environment}/{}/{}:{}", release.stack, link.to, link.name())
        });
        let passed =
            unit.iter().filter_map(|service| service.container()).flat_map(|it| listed(it, "external_links"));
        let passed = passed.map(|value| value_of(release, service, value).as_str().unwrap().to_owned());
        set(&mut said, "external_links", once(far.chain(passed)));
    }
    if !selecting(release, part, &service.name).is_empty() {
        labels[TARGET] = json!(format!("{}.{}", release.stack, service.name));
    }
    set(&mut said, "labels", labels);
    said
}

fn affinities(release: &Release, container: &Container) -> BTreeMap<String, Vec<String>> {
    let mut rules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let named = container
        .host_affinity
        .iter()
        .map(|(key, value)| ("host_label".to_owned(), format!("{key}={value}")));
    let written = container.affinities.iter().map(|affinity| {
        let (what, pair) = match &affinity.to {
            AffinityTo::Host { label, value } => ("host_label", format!("{label}={value}")),
            AffinityTo::Container { label, value } => ("container_label", format!("{label}={value}")),
            AffinityTo::Service(name) => {
                ("container_label", format!("io.rancher.stack_service.name={}/{name}", release.stack))
            }
            _ => unreachable!(),
        };
        let suffix = match affinity.rule {
            AffinityRule::Must => "",
            AffinityRule::MustNot => "_ne",
            AffinityRule::Should => "_soft",
            AffinityRule::ShouldNot => "_soft_ne",
            _ => unreachable!(),
        };
        (format!("{what}{suffix}"), pair)
    });
    for (key, pair) in named.chain(written) {
        let pairs = rules.entry(key).or_default();
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    rules
}

fn secret_files(container: &Container) -> Vec<Value> {
    let mut all = vec![];
    for file in &container.secret_files {
        let mut said = json!({ "source": file.secret, "target": file.file });
        set(&mut said, "uid", json!(file.user.map(|number| number.to_string())));
        set(&mut said, "gid", json!(file.group.map(|number| number.to_string())));
        set(&mut said, "mode", json!(file.mode));
        all.push(said);
    }
    for file in &container.configuration_files {
        if let FileContent::Secret(secret) = &file.content
            && let Some(name) = file.path.strip_prefix("/run/secrets/")
        {
            all.push(json!({ "source": secret, "target": name }));
        }
    }
    all
}

fn docker_container(release: &Release, service: &Service, container: &Container) -> Value {
    let mut said = json!({ "image": container.image });
    let texts = |texts: &[Text]| json!(texts.iter().map(|it| text(release, service, it)).collect::<Vec<_>>());
    set(&mut said, "command", texts(&container.command));
    set(&mut said, "entrypoint", texts(&container.entrypoint));
    let environment =
        container.environment.iter().map(|(key, value)| (key.clone(), text(release, service, value)));
    set(&mut said, "environment", json!(environment.collect::<Map<_, _>>()));
    let (mut published, mut exposed) = (vec![], vec![]);
    for port in &container.ports {
        let protocol = if port.protocol == Protocol::Udp { "udp" } else { "tcp" };
        match port.external {
            External::Given(host) => published.push(format!("{host}:{}/{protocol}", port.container)),
            External::Allocated => published.push(format!("{}/{protocol}", port.container)),
            _ => exposed.push(format!("{}/{protocol}", port.container)),
        }
    }
    set(&mut said, "ports", once(published));
    set(&mut said, "expose", once(exposed));
    let mounts = container
        .mounts
        .iter()
        .map(|mount| format!("{}:{}{}", mount.volume, mount.path, if mount.read_only { ":ro" } else { "" }));
    let of_hosts = container.security.host_mounts.iter().map(|mount| {
        let mut how: Vec<&str> = if mount.read_only { vec!["ro"] } else { vec![] };
        how.extend(mount.propagation.map(Propagation::as_str));
        let how = if how.is_empty() { String::new() } else { format!(":{}", how.join(",")) };
        format!("{}:{}{how}", mount.host_path, mount.path)
    });
    let nameless = once(container.anonymous_volumes.iter().cloned());
    let mut volumes = once(mounts.chain(of_hosts));
    volumes.as_array_mut().unwrap().extend(nameless.as_array().unwrap().iter().cloned());
    set(&mut said, "volumes", volumes);
    for key in ["stop_signal", "init", "oom_score_adj", "cpu_shares", "dns_opt", "network_mode", "restart"] {
        if let Some(value) = container.rancher.get(key) {
            said[key] = value_of(release, service, value);
        }
    }
    let main = container.sidekick.iter().filter(|it| it.volumes_from).map(|it| it.of.clone());
    set(&mut said, "volumes_from", once(main.chain(container.volumes_from.iter().cloned())));
    if let Some(sidekick) = container.sidekick.as_ref().filter(|it| it.share_network) {
        said["network_mode"] = json!(format!("container:{}", sidekick.of));
    }
    set(&mut said, "hostname", json!(container.hostname));
    set(&mut said, "working_dir", json!(container.working_dir));
    for (key, is_set) in [("tty", container.tty), ("stdin_open", container.stdin_open)] {
        if is_set {
            said[key] = json!(true);
        }
    }
    set(&mut said, "secrets", json!(secret_files(container)));
    if container.restart_on_failure {
        said["restart"] = json!("on-failure");
    }
    docker_security(&mut said, &container.security);
    set(&mut said, "mem_limit", number(container.resources.memory_limit_bytes));
    set(&mut said, "mem_reservation", number(container.resources.memory_reservation_bytes));
    if let Some(millis) = container.resources.cpu_limit_millis {
        said["cpu_period"] = json!(100_000);
        let quota = u128::from(millis) * 100;
        said["cpu_quota"] = json!(i64::try_from(quota.max(1_000)).unwrap_or(i64::MAX));
    }
    if let Some(ms) = container.stop_grace_ms {
        let seconds = ms / 1_000 + u64::from(ms % 1_000 > 0);
        said["stop_grace_period"] = json!(seconds.max(1));
    }
    said
}

fn docker_security(said: &mut Value, security: &Security) {
    for (key, is_set) in [("privileged", security.privileged), ("read_only", security.read_only_root)] {
        if is_set {
            said[key] = json!(true);
        }
    }
    for (key, is_set) in
        [("network_mode", security.host_network), ("pid", security.host_pid), ("ipc", security.host_ipc)]
    {
        if is_set {
            said[key] = json!("host");
        }
    }
    set(said, "devices", once(security.devices.iter().cloned()));
    set(said, "cap_add", once(security.add_capabilities.iter().cloned()));
    set(said, "cap_drop", once(security.drop_capabilities.iter().cloned()));
    set(said, "security_opt", once(security.security_opt.iter().cloned()));
    if let Some(user) = &security.user {
        said["user"] = json!(user);
    }
}

fn rancher(release: &Release, part: &Part, service: &Service) -> Value {
    let mut said = json!({});
    match &service.kind {
        ServiceKind::Container(container) => {
            if !container.everywhere && container.sidekick.is_none() {
                said["scale"] = json!(container.scale);
            }
            set(&mut said, "health_check", container.health_check.as_ref().map_or(Value::Null, health_check));
            if let Some(update) = &container.update {
                said["upgrade_strategy"] = json!({ "start_first": update.start_first });
                if update.batch_size != 1 {
                    said["upgrade_strategy"]["batch_size"] = json!(update.batch_size);
                }
                set(&mut said["upgrade_strategy"], "interval_millis", number(update.interval_ms));
            }
            set(&mut said, "milli_cpu_reservation", number(container.resources.cpu_reservation_millis));
            let plans = release.policies.iter().filter(|policy| policy.service == service.name);
            let grace = plans.flat_map(|policy| &policy.windows).map(|window| window.grace_ms).max();
            set(&mut said, "drain_timeout_ms", number(grace.filter(|&ms| ms > 0)));
            for key in ["retain_ip", "metadata"] {
                if let Some(value) = container.rancher.get(key) {
                    said[key] = value_of(release, service, value);
                }
            }
            let mut rules = target_rules(release, part, &service.name);
            if let Some(Value::Object(passed)) =
                container.rancher.get("lb_config").map(|it| value_of(release, service, it))
            {
                rules.extend(passed["port_rules"].as_array().unwrap().iter().cloned());
            }
            if !rules.is_empty() {
                said["lb_config"] = json!({ "port_rules": rules });
            }
        }
        ServiceKind::LoadBalancer(balancer) => {
            said["scale"] = json!(balancer.scale);
            let rules: Vec<_> = balancer.routes.iter().map(|route| rule(release, part, route)).collect();
            said["lb_config"] = json!({ "port_rules": rules });
            if let Some(certificate) = &balancer.certificate {
                said["lb_config"]["default_cert"] = json!(certificate);
            }
            set(&mut said["lb_config"], "certs", json!(balancer.certificates));
            if let Some(by) = &balancer.stickiness {
                let mut policy = json!({
                    "name": by.cookie, "cookie": by.cookie, "mode": by.mode.as_str(),
                    "indirect": by.indirect, "nocache": by.no_cache, "postonly": by.post_only,
                });
                set(&mut policy, "domain", json!(by.domain));
                said["lb_config"]["stickiness_policy"] = policy;
            }
        }
        ServiceKind::External(ExternalService::Host(host)) => said["hostname"] = json!(host),
        ServiceKind::External(ExternalService::Addresses(addresses)) => {
            set(&mut said, "external_ips", once(addresses.iter().cloned()));
        }
        _ => unreachable!(),
    }
    said
}

fn health_check(check: &HealthCheck) -> Value {
    let mut said = json!({
        "port": check.port,
        "interval": number(Some(check.interval_ms.unwrap_or(2_000))),
        "response_timeout": number(Some(check.timeout_ms.unwrap_or(2_000))),
        "healthy_threshold": check.healthy_threshold,
        "unhealthy_threshold": check.unhealthy_threshold,
        "strategy": "recreate",
    });
    set(&mut said, "initializing_timeout", number(check.initializing_ms));
    set(&mut said, "reinitializing_timeout", number(check.initializing_ms));
    match check.on_failure {
        OnFailure::None => said["strategy"] = json!("none"),
        OnFailure::RecreateOnQuorum => {
            said["strategy"] = json!("recreateOnQuorum");
            said["recreate_on_quorum_strategy_config"] = json!({ "quorum": 1 });
        }
        _ => {}
    }
    if let Some(path) = &check.path {
        let encoded: String = path
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ if b"/?%-._~!&'()*+,;=:@".contains(&byte) => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect();
        said["request_line"] = json!(format!("GET \"{encoded}\" \"HTTP/1.0\""));
    }
    said
}

fn rule(release: &Release, here: &Part, route: &Route) -> Value {
    let mut said = target_rule(route);
    said["source_port"] = json!(route.listen);
    said["protocol"] = json!(route.protocol.as_str());
    if let Some(priority) = route.priority {
        said["priority"] = json!(priority);
    }
    if let Some(selector) = &route.selector {
        let pairs: Vec<_> = selector.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        said["selector"] = json!(pairs.join(","));
        set(&mut said, "environment", json!(selector.environment));
    } else if is_elsewhere(release, here, &route.service) {
        said["selector"] = json!(format!("{TARGET}={}.{}", release.stack, route.service));
        said["environment"] = json!(home(release, &route.service).unwrap().environment);
    } else {
        said["service"] = json!(route.service);
    }
    said
}

fn target_rule(route: &Route) -> Value {
    let mut said = json!({ "target_port": route.port });
    set(&mut said, "hostname", json!(route.host));
    set(&mut said, "path", json!(route.path));
    said
}

/// The routes of load balancers in other networks to a service, each with the load balancer's name.
fn selecting<'a>(release: &'a Release, home: &Part, name: &str) -> Vec<(&'a str, &'a Route)> {
    let mut found = vec![];
    for part in release.parts.iter().filter(|part| part.network.name != home.network.name) {
        for service in &part.services {
            if let ServiceKind::LoadBalancer(balancer) = &service.kind {
                let routes =
                    balancer.routes.iter().filter(|route| route.selector.is_none() && route.service == name);
                found.extend(routes.map(|route| (service.name.as_str(), route)));
            }
        }
    }
    found
}

/// Every route's rule, if each port of each load balancer that leads there has all of them.
fn target_rules(release: &Release, home: &Part, name: &str) -> Vec<Value> {
    let selecting = selecting(release, home, name);
    let mut routes: Vec<_> = selecting.iter().map(|(_, route)| *route).collect();
    routes.sort_by_key(|route| (&route.host, &route.path, route.port));
    let mut rules: Vec<_> = routes.into_iter().map(target_rule).collect();
    rules.dedup();
    let has_all = |(balancer, listen): (&str, u16)| {
        rules.iter().all(|rule| {
            selecting
                .iter()
                .any(|(b, route)| *b == balancer && route.listen == listen && target_rule(route) == *rule)
        })
    };
    if selecting.iter().all(|(balancer, route)| has_all((balancer, route.listen))) { rules } else { vec![] }
}

fn listed<'a>(container: &'a Container, key: &str) -> &'a [application::Value] {
    match container.rancher.get(key) {
        Some(application::Value::List(items)) => items,
        _ => &[],
    }
}

/// A value that is passed on, with its types.
fn value_of(release: &Release, reader: &Service, value: &application::Value) -> Value {
    let inside = |value| value_of(release, reader, value);
    match value {
        application::Value::Text(it) => text(release, reader, it),
        application::Value::List(items) => items.iter().map(inside).collect(),
        application::Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), inside(value))).collect()
        }
        value => serde_json::to_value(value).unwrap(),
    }
}

fn text(release: &Release, reader: &Service, text: &Text) -> Value {
    let Text::WithReferences { with_references } = text else { return json!(text.as_plain()) };
    let mut pieces: Vec<Value> = vec![];
    for segment in with_references {
        let literal = match segment {
            Segment::Literal(literal) => literal,
            Segment::Host { host_of, .. } => &host_name(release, reader, host_of),
            Segment::Secret { secret } => {
                let found = release.secrets.iter().find(|it| it.input == *secret).unwrap();
                pieces.push(json!({ "answer": found.answer }));
                continue;
            }
        };
        match pieces.last_mut() {
            Some(Value::String(before)) => before.push_str(literal),
            _ if literal.is_empty() => {}
            _ => pieces.push(json!(literal)),
        }
    }
    if pieces.iter().any(|piece| !piece.is_string()) {
        return json!(pieces);
    }
    pieces.pop().unwrap_or_else(|| json!(""))
}

/// What another is called where a service runs: by the links that are written for it, which it shares with what runs
/// beside it.
fn host_name(release: &Release, reader: &Service, of: &str) -> String {
    let services = || release.parts.iter().flat_map(|part| &part.services);
    let main = |name: &str| {
        let sidekick = services().find(|it| it.name == name).and_then(Service::sidekick);
        sidekick.map_or(name, |it| &it.of).to_owned()
    };
    if main(of) == main(&reader.name) {
        return of.to_owned();
    }
    let unit = main(&reader.name);
    let first = services().filter(|it| it.name == unit);
    let others = services().filter(|it| it.sidekick().is_some_and(|sidekick| sidekick.of == unit));
    let links = std::iter::once(reader).chain(first).chain(others).flat_map(|it| &it.links);
    let link = links.filter(|it| it.kind == LinkKind::Connection).find(|it| it.to == of);
    link.map_or(of, |it| it.name()).to_owned()
}

fn number(value: Option<u64>) -> Value {
    value.map_or(Value::Null, |value| json!(i64::try_from(value).unwrap_or(i64::MAX)))
}
