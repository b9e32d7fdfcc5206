//! No field is forgotten: a container that says everything, in the words in which it is stored.

use crate::templates::read;
use paas_core::application::{Application, Container, Network, Service, ServiceKind, Volume};
use paas_tosca::{
    Options, Source,
    export::{self, Extras},
};
use serde_json::{Value, json};

/// Every field of a container, none as it is by default, but for those that exclude others.
fn everything() -> Value {
    json!({
        "image": "registry.bank.test/web:1.4",
        "scale": 3,
        "command": ["serve"],
        "entrypoint": ["/init"],
        "environment": { "MODE": "test" },
        "labels": { "team": "web" },
        "ports": [{ "container": 80, "external": { "given": 8080 }, "protocol": "udp" }],
        "configuration_files": [{ "path": "/run/secrets/a.conf", "content": { "secret": "a" } }],
        "secret_files": [{ "secret": "b", "file": "c", "user": 1, "group": 2, "mode": "0440" }],
        "log_files": [{ "directory": "/var/log", "extensions": ["log"] }],
        "health_check": {
            "port": 80, "path": "/up", "interval_ms": 1000, "timeout_ms": 1500, "healthy_threshold": 4,
            "unhealthy_threshold": 5, "initializing_ms": 6000, "on_failure": "none",
        },
        "resources": {
            "cpu_limit_millis": 1500, "cpu_reservation_millis": 250,
            "memory_limit_bytes": 1_073_741_824, "memory_reservation_bytes": 536_870_912,
        },
        "update": { "batch_size": 2, "interval_ms": 3000, "start_first": true },
        "mounts": [{ "volume": "files", "path": "/data", "read_only": true }],
        "host_affinity": { "disk": "ssd" },
        "affinities": [{ "rule": "should_not", "to": { "service": "other" } }],
        "run_once": true,
        "restart_on_failure": true,
        "stop_grace_ms": 20_000,
        "security": {
            "privileged": true, "host_pid": true, "host_ipc": true, "devices": ["/dev/fuse"],
            "add_capabilities": ["NET_ADMIN"], "drop_capabilities": ["CHOWN"], "read_only_root": true,
            "user": "1000:1000", "security_opt": ["no-new-privileges"],
            "host_mounts": [{ "host_path": "/a", "path": "/b", "read_only": true, "propagation": "rslave" }],
        },
        "hostname": "web-1",
        "working_dir": "/srv",
        "tty": true,
        "stdin_open": true,
        "anonymous_volumes": ["/cache"],
        "rancher": {
            "cpuset": "0-3",
            "metadata": {
                "a/b~c": [1, 1.5, null, true, { "with_references": ["on ", { "host_of": "other" }] }],
                "none": {},
            },
            "userdata": { "with_references": [{ "host_of": "other" }] },
        },
    })
}

/// The fields that only some containers can have, with something that makes them so.
fn exclusive() -> [Value; 4] {
    [
        json!({ "image": "a", "scale": 1, "everywhere": true }),
        json!({ "image": "a", "scale": 1, "security": { "host_network": true } }),
        json!({
            "image": "a", "scale": 1,
            "sidekick": { "of": "other", "volumes_from": true, "share_network": true },
        }),
        json!({ "image": "a", "scale": 1, "sidekick": { "of": "other" }, "volumes_from": ["other"] }),
    ]
}

fn application(container: &Value) -> Application {
    let mut application = Application::new("a");
    application.networks = vec![Network::new("n")];
    application.volumes = vec![Volume::new("files")];
    let container: Container = serde_json::from_value(container.clone()).unwrap();
    application.services =
        vec![Service::new("one", "n", container), Service::new("other", "n", Container::new("b"))];
    application
}

fn again(application: &Application) -> Value {
    let text = export::template(application, &Extras::default());
    let mut options = Options::default();
    options.policy = paas_core::policy::TemplatePolicy::allowing_everything();
    let checked = paas_tosca::check(&Source::new("t.yaml", text.as_str()), &options);
    let application = checked
        .application
        .unwrap_or_else(|| panic!("{}\n{text}", crate::templates::whole(&checked.diagnostics)));
    let ServiceKind::Container(container) = &application.services[0].kind else { unreachable!() };
    serde_json::to_value(container).unwrap()
}

#[test]
fn all_fields_come_back() {
    for container in [everything()].into_iter().chain(exclusive()) {
        assert_eq!(again(&application(&container)), container);
    }
}

/// The structs that a container is made of, by the files that define them, with a way to a value of each.
const STRUCTS: [(&str, &str, &str); 13] = [
    ("container", "Container", ""),
    ("container", "Port", "/ports/0"),
    ("container", "LogFiles", "/log_files/0"),
    ("container", "HealthCheck", "/health_check"),
    ("container", "Resources", "/resources"),
    ("container", "UpdateStrategy", "/update"),
    ("container", "Mount", "/mounts/0"),
    ("files", "SecretFile", "/secret_files/0"),
    ("files", "ConfigurationFile", "/configuration_files/0"),
    ("affinity", "Affinity", "/affinities/0"),
    ("security", "Security", "/security"),
    ("security", "HostMount", "/security/host_mounts/0"),
    ("sidekick", "Sidekick", "/sidekick"),
];

/// The names of the fields of a struct, from the text that defines it.
fn fields(file: &str, name: &str) -> Vec<String> {
    let text = read(&format!("paas-core/src/application/{file}.rs"));
    let begin = format!("\npub struct {name} {{\n");
    let body = text.text().split_once(&begin).unwrap().1.split_once("\n}\n").unwrap().0;
    let names = body.lines().filter_map(|line| line.strip_prefix("    pub ")?.split_once(':'));
    // Where something was written is no part of what it says.
    names.map(|(name, _)| name.to_owned()).filter(|name| !name.starts_with("origin")).collect()
}

/// A field that is new is looked for in what is exported only if it is here.
#[test]
fn all_fields_are_tried() {
    let all: Vec<Value> = [everything()].into_iter().chain(exclusive()).collect();
    for (file, name, path) in STRUCTS {
        let fields = fields(file, name);
        assert!(fields.len() > 1, "{name}");
        for field in fields {
            let is_there =
                |value: &&Value| value.pointer(path).is_some_and(|value| value.get(&field).is_some());
            assert!(all.iter().any(|value| is_there(&value)), "`{field}` of `{name}` is not tried");
        }
    }
}
