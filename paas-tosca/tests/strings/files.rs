//! What must come of the template.

use super::template::Strings;
use paas_core::release::Release;
use serde_json::{Value, json};

/// For each part its environment, its `docker-compose.yml` and its `rancher-compose.yml`.
pub(super) fn expected(strings: &Strings, stack: &str) -> [(String, Value, Value); 2] {
    let at = |place| strings.at(place);
    let target = format!("{stack}.api");
    let mut environment = json!({
        "WITH_SECRET": pieces([at("before").into(), json!({ "answer": "key" }), at("after").into()]),
        "JOINED": format!("<{}{}>", at("inside"), at("input_default")),
        "READ": at("outside"),
    });
    environment[at("variable")] = at("value").into();
    let web = json!({
        "image": at("image"),
        "command": ["first", at("command")],
        "entrypoint": [at("entrypoint"), "last"],
        "environment": environment,
        "labels": {
            at("label"): at("label_value"),
            "io.paas.logs.1.directory": at("log_directory"),
            "io.paas.logs.1.extensions": at("log_extension"),
            "io.rancher.scheduler.affinity:host_label": format!("{}={}", at("affinity"), at("affinity_value")),
        },
        "links": ["outside:outside"],
        "external_links": [format!("{}/{stack}/api:api", at("far"))],
        "volumes": [format!("files:{}", at("mount"))],
    });
    let near = json!({
        "version": "2",
        "services": {
            "web": web,
            "outside": { "image": "rancher/external-service" },
            "entry": { "image": "rancher/lb-service-haproxy:v0.9.14", "ports": ["443:443/tcp"] },
        },
        "volumes": { "files": { "driver": "rancher-nfs", "external": true } },
    });
    let rule = json!({
        "source_port": 443,
        "protocol": "https",
        "hostname": at("host"),
        "path": at("path"),
        "target_port": 8080,
        "selector": format!("io.paas.load_balancer.target={target}"),
        "environment": at("far"),
    });
    let near_rancher = json!({
        "version": "2",
        "services": {
            "web": {
                "scale": 1,
                "health_check": {
                    "port": 80,
                    "request_line": format!("GET \"{}\" \"HTTP/1.0\"", at("health_path")),
                    "interval": 2000,
                    "response_timeout": 2000,
                    "healthy_threshold": 2,
                    "unhealthy_threshold": 3,
                    "strategy": "recreate",
                },
            },
            "outside": { "hostname": at("outside") },
            "entry": {
                "scale": 1,
                "lb_config": { "default_cert": at("certificate"), "port_rules": [rule] },
            },
        },
    });
    let api = json!({
        "image": "api",
        "labels": { "io.paas.load_balancer.target": target },
        "expose": ["8080/tcp"],
    });
    let rule = json!({ "hostname": at("host"), "path": at("path"), "target_port": 8080 });
    let api_rancher = json!({ "scale": 1, "lb_config": { "port_rules": [rule] } });
    [
        (at("near").to_owned(), near, near_rancher),
        (
            at("far").to_owned(),
            json!({ "version": "2", "services": { "api": api } }),
            json!({ "version": "2", "services": { "api": api_rancher } }),
        ),
    ]
}

/// What the release says besides the files.
pub(super) fn beside(release: &Release) -> Value {
    let release = serde_json::to_value(release).unwrap();
    json!({
        "description": release["description"],
        "networks": [release["parts"][0]["network"]["name"], release["parts"][1]["network"]["name"]],
        "domain": release["parts"][0]["network"]["security_domain"],
        "server": release["volumes"][0]["server"],
        "tier": release["volumes"][0]["tier"],
        "logs": release["log_sources"],
        "metric": release["policies"][0]["windows"][0]["rule"]["metric"],
        "outputs": release["outputs"],
        "secrets": release["secrets"],
    })
}

pub(super) fn expected_beside(strings: &Strings) -> Value {
    let at = |place| strings.at(place);
    json!({
        "description": at("description"),
        "networks": [at("near"), at("far")],
        "domain": at("domain"),
        "server": at("server"),
        "tier": at("tier"),
        "logs": [{
            "network": at("near"),
            "service": "web",
            "directory": at("log_directory"),
            "extensions": [at("log_extension")],
        }],
        "metric": at("metric"),
        "outputs": [{ "name": "shown", "description": at("output_description"), "value": at("output") }],
        "secrets": [{ "input": "key", "answer": "key" }],
    })
}

/// Empty pieces are no pieces.
fn pieces(pieces: [Value; 3]) -> Value {
    pieces.into_iter().filter(|piece| *piece != json!("")).collect()
}
