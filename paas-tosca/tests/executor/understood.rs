//! What the executor understood of services, as plain values.
//!
//! Every field of a reading is taken out of it; what is left over was never meant.

use super::Reading;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The label by which load balancers in other environments find their targets.
const TARGET: &str = "io.paas.load_balancer.target";

/// Keys of which a service has what it passes on, and nothing else.
const PASSED_ON: &[&str] = &[
    "cpu_shares",
    "dns_opt",
    "dns_search",
    "domainname",
    "extra_hosts",
    "init",
    "logging",
    "memswap_limit",
    "metadata",
    "retain_ip",
    "scale_policy",
    "stop_signal",
    "sysctls",
    "tmpfs",
    "ulimits",
];

type Readings = BTreeMap<String, Reading>;

/// Where a service is.
pub(super) struct Here<'a> {
    pub(super) environment: &'a str,
    pub(super) stack: &'a str,
}

/// The volumes that must be there before; none is made by the stack.
pub(super) fn volumes(reading: &Reading) -> BTreeSet<String> {
    let outside = json!({ "driver": "rancher-nfs", "external": { "external": true } });
    reading.volumes.values().for_each(|volume| assert_eq!(*volume, outside));
    reading.volumes.keys().cloned().collect()
}

pub(super) fn service(readings: &Readings, here: &Here<'_>, name: &str) -> Value {
    let mut said = Said(readings[here.environment].services[name].as_object().unwrap().clone());
    let image: String = said.take("image").unwrap();
    let understood = if image == "rancher/external-service" {
        let (host, addresses): (Option<String>, Option<Vec<String>>) =
            (said.take("hostname"), said.take("external_ips"));
        assert!(host.is_none() || addresses.is_none(), "the server refuses both");
        json!({ "external": host.map_or(json!(addresses), Value::from) })
    } else if listens(&said.0) {
        load_balancer(&mut said, readings, here, &image)
    } else {
        container(&mut said, readings, here, name, &image)
    };
    assert!(said.0.is_empty(), "`{name}` says more than was meant: {:?}", said.0);
    understood
}

/// The fields of a service that were not looked at yet.
struct Said(Map<String, Value>);

impl Said {
    fn take<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        self.0.remove(key).map(|value| serde_json::from_value(value).unwrap())
    }

    fn list(&mut self, key: &str) -> Vec<String> {
        self.take(key).unwrap_or_default()
    }
}

/// A service with a rule that has a source port is a load balancer.
fn listens(said: &Map<String, Value>) -> bool {
    rules(said).iter().any(|rule| rule.get("source_port").is_some())
}

fn rules(said: &Map<String, Value>) -> &[Value] {
    said.get("lb_config").and_then(|config| config["port_rules"].as_array()).map_or(&[], Vec::as_slice)
}

fn container(said: &mut Said, readings: &Readings, here: &Here<'_>, name: &str, image: &str) -> Value {
    // Rules for load balancers in other environments are looked at with those; the others it passes on itself.
    let is_target = readings[here.environment].services[name]["labels"].get(TARGET).is_some();
    let takes = said.0.remove("lb_config").filter(|_| !is_target);
    let mut labels: BTreeMap<String, String> = said.take("labels").unwrap_or_default();
    if let Some(target) = labels.remove(TARGET) {
        assert_eq!(target, format!("{}.{name}", here.stack));
    }
    let hosts = hosts(&mut labels);
    let logs = logs(&mut labels);
    let sidekicks = labels.remove("io.rancher.sidekicks").unwrap_or_default();
    let sidekicks: Vec<&str> = sidekicks.split_terminator(',').collect();
    let flag = |labels: &mut BTreeMap<_, _>, name: &str| match labels.remove(name) {
        Some(word) => word == "true",
        None => false,
    };
    let everywhere = flag(&mut labels, "io.rancher.scheduler.global");
    let dns = flag(&mut labels, "io.rancher.container.dns");
    let once = flag(&mut labels, "io.rancher.container.start_once");
    let environment = said.list("environment");
    let environment: BTreeMap<_, _> = environment.iter().map(|pair| pair.split_once('=').unwrap()).collect();
    let exposed = said.list("expose").into_iter().map(|port| format!("none to {port}"));
    let published = said.list("ports").into_iter().map(|port| match port.split_once(':') {
        Some((outside, inside)) => format!("{outside} to {inside}"),
        None => format!("any to {port}"),
    });
    let quota: Option<u64> = said.take("cpu_quota");
    let period: Option<u64> = said.take("cpu_period");
    assert_eq!(quota.is_some(), period.is_some());
    let network: Option<String> = said.take("network_mode");
    let network_of = network.as_deref().and_then(|mode| mode.strip_prefix("container:"));
    let is_host = |mode: Option<&str>| match mode {
        None => false,
        Some("host") => true,
        Some(other) => panic!("{other}"),
    };
    let [pid, ipc] = ["pid", "ipc"].map(|key| said.take::<String>(key));
    let other_network = network.as_deref().filter(|mode| network_of.is_none() && *mode != "host");
    let of_host = [network.as_deref() == Some("host"), is_host(pid.as_deref()), is_host(ipc.as_deref())];
    let health: Option<Map<_, _>> = said.take("health_check");
    let mut update = Said(said.take("upgrade_strategy").unwrap_or_default());
    let (starts_first, at_a_time, between): (Option<bool>, Option<u64>, Option<u64>) =
        (update.take("start_first"), update.take("batch_size"), update.take("interval_millis"));
    assert!(update.0.is_empty(), "{:?}", update.0);
    let restart: Option<String> = said.take("restart");
    let (after_failures, restart): (Vec<_>, Vec<_>) =
        restart.into_iter().partition(|word| word == "on-failure");
    let external_links = said.list("external_links");
    let (of_others, ours): (Vec<_>, Vec<_>) =
        external_links.into_iter().partition(|link| link.matches('/').count() < 2);
    let passed: Map<_, _> = PASSED_ON.iter().filter_map(|key| said.0.remove_entry(*key)).collect();
    let secrets: Vec<Value> = said.take("secrets").unwrap_or_default();
    let besides = json!({
        "restart": restart.first(),
        "other network": other_network,
        "other stacks": of_others,
        "takes": takes,
        "calls itself": said.take::<Option<String>>("hostname").flatten(),
        "begins in": said.take::<Option<String>>("working_dir").flatten(),
        "terminal": [said.take("tty").unwrap_or(false), said.take("stdin_open").unwrap_or(false)],
        "passed on": passed,
    });
    json!({
        "image": image,
        "scale": said.take("scale").unwrap_or(1),
        "command": said.list("command"),
        "entrypoint": said.list("entrypoint"),
        "environment": environment,
        "labels": labels,
        "ports": exposed.chain(published).collect::<BTreeSet<_>>(),
        "reaches": reached(said, ours, readings, here),
        "mounts": said.list("volumes").iter().map(|mount| mounted(mount)).collect::<BTreeSet<_>>(),
        "privileged": said.take("privileged").unwrap_or(false),
        "of the host": of_host,
        "finds names on the host's network": dns,
        "devices": said.list("devices"),
        "capabilities": [said.list("cap_add"), said.list("cap_drop")],
        "reads only": said.take("read_only").unwrap_or(false),
        "user": said.take::<Option<String>>("user").flatten(),
        "security options": said.list("security_opt"),
        "health": health.map(|check| health_check(Said(check))),
        "cpu limit, thousandths": quota.zip(period).map(|(quota, period)| quota * 1_000 / period),
        "cpu reserved, thousandths": said.take::<u64>("milli_cpu_reservation"),
        "memory limit, bytes": said.take::<u64>("mem_limit"),
        "memory reserved, bytes": said.take::<u64>("mem_reservation"),
        "starts first": starts_first.unwrap_or(false),
        "at a time": at_a_time.unwrap_or(1),
        "between, milliseconds": between,
        "everywhere": everywhere,
        "hosts": hosts,
        "once": once,
        "again after failures": !after_failures.is_empty(),
        "logs": logs,
        "secrets": secrets.into_iter().map(secret).collect::<Vec<_>>(),
        "sidekicks": sidekicks,
        "volumes from": said.list("volumes_from"),
        "besides": besides,
        "network of": network_of,
        "stops in, seconds": said.take::<u64>("stop_grace_period"),
        "drains in, milliseconds": said.take("drain_timeout_ms").unwrap_or(0),
    })
}

/// Each rule: whether it must hold, what it is about, and label and value.
fn hosts(labels: &mut BTreeMap<String, String>) -> BTreeSet<[String; 4]> {
    let mut found = BTreeSet::new();
    for (suffix, rule) in [("", "must"), ("_ne", "must_not"), ("_soft", "should"), ("_soft_ne", "should_not")]
    {
        for (what, to) in [("host_label", "host"), ("container_label", "container")] {
            let pairs = labels.remove(&format!("io.rancher.scheduler.affinity:{what}{suffix}"));
            for pair in pairs.unwrap_or_default().split_terminator(',') {
                let (label, value) = pair.split_once('=').unwrap();
                found.insert([rule, to, label, value].map(str::to_owned));
            }
        }
    }
    found
}

/// Folders and endings, as whoever collects log files finds them.
fn logs(labels: &mut BTreeMap<String, String>) -> Vec<Value> {
    let mut found = Vec::new();
    while let Some(directory) = labels.remove(&format!("io.paas.logs.{}.directory", found.len() + 1)) {
        let endings = labels.remove(&format!("io.paas.logs.{}.extensions", found.len() + 1));
        let endings = endings.unwrap_or_default();
        found.push(json!([directory, endings.split_terminator(',').collect::<Vec<_>>()]));
    }
    found
}

fn secret(said: Value) -> Value {
    let Value::Object(said) = said else { panic!("{said}") };
    let mut said = Said(said);
    let words = ["source", "target", "uid", "gid", "mode"].map(|key| said.take::<String>(key));
    assert!(said.0.is_empty(), "{:?}", said.0);
    json!(words)
}

/// Links lead to services that the executor knows where they lead.
fn reached(
    said: &mut Said,
    external_links: Vec<String>,
    readings: &Readings,
    here: &Here<'_>,
) -> BTreeSet<[String; 4]> {
    let near = said.list("links").into_iter().map(|link| {
        let (service, alias) = link.split_once(':').unwrap();
        [here.environment, here.stack, service, alias].map(str::to_owned)
    });
    let far = external_links.into_iter().map(|link| {
        let (path, alias) = link.split_once(':').unwrap();
        let steps: Vec<_> = path.split('/').collect();
        let [environment, stack, service] = steps[..] else { panic!("`{link}`") };
        assert_ne!(environment, here.environment, "the server takes such a link for one that crosses");
        [environment, stack, service, alias].map(str::to_owned)
    });
    let links: Vec<_> = near.chain(far).collect();
    for [environment, _, service, _] in &links {
        assert!(readings[environment].services.contains_key(service), "`{environment}/{service}`");
    }
    links.into_iter().collect()
}

/// Path, what is mounted there (nothing: a volume without a name), whether it is only read, and its propagation.
fn mounted(mount: &str) -> (String, String, bool, String) {
    let parts: Vec<_> = mount.splitn(3, ':').collect();
    let (path, what, mode) = match parts[..] {
        [path] => (path, "", ""),
        [what, path] => (path, what, ""),
        [what, path, mode] => (path, what, mode),
        _ => panic!("`{mount}`"),
    };
    let (reads, others): (Vec<_>, Vec<_>) = mode.split_terminator(',').partition(|word| *word == "ro");
    (path.to_owned(), what.to_owned(), !reads.is_empty(), others.concat())
}

fn health_check(mut said: Said) -> Value {
    let line: Option<String> = said.take("request_line");
    let path = line.map(|line| {
        let path = line.strip_prefix("GET \"").and_then(|rest| rest.strip_suffix("\" \"HTTP/1.0\""));
        path.unwrap_or_else(|| panic!("`{line}`")).to_owned()
    });
    let mut strategy: String = said.take("strategy").unwrap();
    if let Some(quorum) = said.take::<Map<String, Value>>("recreate_on_quorum_strategy_config") {
        strategy = format!("{strategy} {}", quorum["quorum"]);
    }
    let initializing: Option<u64> = said.take("initializing_timeout");
    assert_eq!(said.take::<u64>("reinitializing_timeout"), initializing);
    let mut number = |key: &str| said.take::<u64>(key).unwrap();
    let understood = json!({
        "port": number("port"),
        "path": path,
        "interval": number("interval"),
        "timeout": number("response_timeout"),
        "healthy": number("healthy_threshold"),
        "unhealthy": number("unhealthy_threshold"),
        "initializing": initializing,
        "strategy": strategy,
    });
    assert!(said.0.is_empty(), "{:?}", said.0);
    understood
}

fn load_balancer(said: &mut Said, readings: &Readings, here: &Here<'_>, image: &str) -> Value {
    let mut config = Said(said.take("lb_config").unwrap());
    let certificate: Option<String> = config.take("default_cert");
    let certificates: Option<Vec<String>> = config.take("certs");
    let sticks = config.take("stickiness_policy").map(|policy| stickiness(Said(policy)));
    let rules: Vec<Map<_, _>> = config.take("port_rules").unwrap();
    assert!(config.0.is_empty(), "{:?}", config.0);
    let listening = said.list("ports").into_iter().map(|port| {
        let (outside, inside) = port.strip_suffix("/tcp").unwrap().split_once(':').unwrap();
        assert_eq!(outside, inside);
        outside.parse::<u16>().unwrap()
    });
    json!({
        "listening": listening.collect::<BTreeSet<_>>(),
        "image": image,
        "scale": said.take("scale").unwrap_or(1),
        "certificate": certificate,
        "certificates": certificates.unwrap_or_default(),
        "sticks": sticks,
        "routes": rules.into_iter().flat_map(|rule| routes(Said(rule), readings, here)).collect::<BTreeSet<_>>(),
    })
}

fn stickiness(mut said: Said) -> Value {
    let cookie: Option<String> = said.take("cookie");
    assert_eq!(said.take::<String>("name"), cookie);
    let domain: String = said.take("domain").unwrap_or_default();
    let mode: Option<String> = said.take("mode");
    let flags = ["indirect", "nocache", "postonly"].map(|key| said.take::<bool>(key).unwrap_or(false));
    assert!(said.0.is_empty(), "{:?}", said.0);
    json!({ "cookie": cookie, "mode": mode, "domain": domain, "flags": flags })
}

/// Where a rule leads. One that selects leads to the one service with the label, and if that says rules of its own, host,
/// path and port come from there (the rule's own must be among them), and its priority from nowhere.
fn routes(mut rule: Said, readings: &Readings, here: &Here<'_>) -> Vec<String> {
    let mut text = |key: &str| rule.take::<String>(key);
    let (protocol, host, path) = (text("protocol").unwrap(), text("hostname"), text("path"));
    let (environment, service, selector) = (text("environment"), text("service"), text("selector"));
    let (listen, port) = (rule.take::<u16>("source_port"), rule.take::<u16>("target_port"));
    let priority: Option<i32> = rule.take("priority");
    assert!(rule.0.is_empty(), "{:?}", rule.0);
    let own = target_rule(host.as_deref(), path.as_deref(), port);
    let route = |environment: &str, service: &str, rule: &Value, priority: Option<i32>| {
        json!({
            "listen": listen,
            "protocol": protocol,
            "host": rule.get("hostname"),
            "path": rule.get("path"),
            "environment": environment,
            "service": service,
            "port": rule["target_port"],
            "priority": priority,
        })
        .to_string()
    };
    match (service, selector, environment) {
        (Some(service), None, None) => vec![route(here.environment, &service, &own, priority)],
        (None, Some(selector), environment) if !selector.starts_with(TARGET) => {
            // Whom it finds is for other applications to say.
            vec![route(environment.as_deref().unwrap_or(here.environment), &selector, &own, priority)]
        }
        (None, Some(selector), Some(environment)) => {
            let (name, target) = selected(&readings[&environment], &selector);
            match target.as_object().map_or(&[][..], rules) {
                [] => vec![route(&environment, name, &own, None)],
                theirs => {
                    assert!(theirs.contains(&own), "{own} is not among {theirs:?}");
                    theirs.iter().map(|rule| route(&environment, name, rule, None)).collect()
                }
            }
        }
        target => panic!("{target:?}"),
    }
}

fn target_rule(host: Option<&str>, path: Option<&str>, port: Option<u16>) -> Value {
    let mut rule = json!({ "target_port": port });
    for (key, value) in [("hostname", host), ("path", path)] {
        if let Some(value) = value {
            rule[key] = json!(value);
        }
    }
    rule
}

/// The only service of an environment that a selector finds.
fn selected<'a>(reading: &'a Reading, selector: &str) -> (&'a str, &'a Value) {
    let (label, wanted) = selector.split_once('=').unwrap();
    let mut found = reading.services.iter().filter(|(_, service)| service["labels"][label] == wanted);
    let (name, service) = found.next().unwrap();
    assert!(found.next().is_none(), "several services have `{selector}`");
    (name, service)
}
