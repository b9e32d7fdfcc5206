//! The template policy sees the services of templates that stand for nodes, with the values that the nodes give.

use super::{VERSION, options};
use paas_core::policy::{Level, Row, TemplatePolicy};
use paas_tosca::{Source, check};

/// What a service says against a row by the input `it`, and the value that the node gives it.
fn said(row: Row) -> (&'static str, &'static str) {
    match row {
        Row::Privileged => ("security: { privileged: { get_input: it } }", "'true'"),
        Row::HostNetwork => ("security: { host_network: { get_input: it } }", "'true'"),
        Row::HostPid => ("security: { host_pid: { get_input: it } }", "'true'"),
        Row::HostIpc => ("security: { host_ipc: { get_input: it } }", "'true'"),
        Row::Devices => ("security: { devices: [ { get_input: it } ] }", "/dev/sda"),
        Row::AddedCapabilities => ("security: { add_capabilities: [ { get_input: it } ] }", "SYS_ADMIN"),
        Row::SecurityOptions => ("security: { security_opt: [ { get_input: it } ] }", "seccomp=unconfined"),
        Row::UserRoot => ("security: { user: { get_input: it } }", "root"),
        Row::DockerSocket => (
            "security: { host_mounts: [ { host_path: { get_input: it }, path: /x } ] }",
            "/var/run/docker.sock",
        ),
        Row::ForbiddenHostPaths => {
            ("security: { host_mounts: [ { host_path: { get_input: it }, path: /x } ] }", "/etc/ssl")
        }
        Row::HostPaths => {
            ("security: { host_mounts: [ { host_path: { get_input: it }, path: /x } ] }", "/srv/x")
        }
        Row::ReservedLabels => ("labels: { io.rancher.container.dns: { get_input: it } }", "'true'"),
        Row::MissingLimits => ("resources: { cpu_limit: { get_input: it } }", "'0.5'"),
        Row::MutableTags => ("image: { concat: [ 'r.test/web:', { get_input: it } ] }", "latest"),
        Row::Registries => ("image: { concat: [ { get_input: it }, '/web:1' ] }", "evil.test"),
        Row::StatefulWithoutVolume => {
            ("image: { concat: [ 'r.test/', { get_input: it }, ':1' ] }", "postgres")
        }
        Row::RancherKeys => ("rancher_texts: { /dns: { get_input: it } }", "192.0.2.53"),
        Row::TimeZoneMismatch => ("environment: { TZ: { get_input: it } }", "Europe/Zurich"),
        row => panic!("{row} is not tried"),
    }
}

const TYPES: &str =
    "node_types: { bank.Web: { derived_from: tosca.nodes.Root, properties: { it: { type: string } } } }\n";

/// A template whose node gives `it` a value, and what stands for that node.
fn files(row: Row) -> (String, String) {
    let (property, value) = said(row);
    let outer = format!(
        "{VERSION}imports: [ types.yaml, web.yaml ]
topology_template: {{ node_templates: {{ web: {{ type: bank.Web, directives: [ substitute ], properties: {{ it: {value} }} }} }} }}
"
    );
    let image = if property.starts_with("image") { "" } else { "image: 'r.test/web:1'" };
    let limits = if property.starts_with("resources") {
        ""
    } else {
        "resources: { cpu_limit: 0.5, memory_limit: 64 MiB }"
    };
    let inner = format!(
        "imports: [ types.yaml ]
topology_template:
  inputs: {{ it: {{ type: string }} }}
  substitution_mappings: {{ node_type: bank.Web }}
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    web:
      type: paas.nodes.Service
      properties:
        {property}
        {image}
        {limits}
        scale: 2
      requirements: [ network: dmz ]
  policies:
    - night:
        type: paas.policies.Scaling.Fixed
        properties: {{ window_start: '20:00', window_end: '06:00', time_zone: Asia/Shanghai, instances: 3 }}
        targets: [ web ]
"
    );
    (outer, inner)
}

/// The codes, and in which files they are told.
fn told(row: Row, policy: &TemplatePolicy) -> Vec<String> {
    let (outer, inner) = files(row);
    let mut options = options(&[("types.yaml", TYPES), ("web.yaml", &inner)]);
    options.policy = policy.clone();
    let found = check(&Source::new("app.yaml", outer), &options).diagnostics;
    found.iter().map(|it| format!("{} {}", it.place().expect("a place").file, it.code)).collect()
}

#[test]
fn every_row_holds_inside_of_what_stands_for_a_node() {
    for &row in Row::ALL {
        let mut policy = TemplatePolicy::allowing_everything();
        assert_eq!(told(row, &policy), [""; 0], "{row}");
        policy.set(row, Level::Deny);
        if row == Row::Registries {
            policy.set_list(row, ["r.test"]);
        }
        // Told where it stands: where the value is given, or where the service says it.
        let (inside, outside) = (format!("web.yaml {}", row.code()), format!("app.yaml {}", row.code()));
        let found = told(row, &policy);
        assert!(found == [inside] || found == [outside], "{row}: {found:?}");
    }
}
