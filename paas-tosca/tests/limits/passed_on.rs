//! Keys that are passed on to Rancher, with much in them.

use super::{lines, refused, template};
use paas_core::diagnostic::Code;

fn service(name: &str, properties: &str) -> String {
    format!(
        "    {name}: {{ type: paas.nodes.Service, properties: {{ image: 'r.test/a:1', {properties} }}, requirements: [ network: n ] }}"
    )
}

#[test]
fn one_json_text_in_very_many_nodes() {
    let json = format!("[{}0]", "0,".repeat(500_000));
    let services = lines(2_000, |n| service(&format!("s{n}"), "rancher: { metadata: { get_input: big } }"));
    refused(
        &template(
            "",
            &format!(
                "  inputs: {{ big: {{ type: string, default: '{{\"a\":{json}}}' }} }}\n  node_templates:\n    n: {{ type: paas.nodes.Network }}\n{services}"
            ),
        ),
        &[Code::TooManyNodes],
    );
}

#[test]
fn very_many_faults_under_a_long_name() {
    let name = "x".repeat(500_000);
    let rules = format!("[{}{{}}]", "{\"a\":1},".repeat(50_000));
    for (key, json) in [
        ("disks", format!("[{}0]", "0,".repeat(200_000))),
        ("dns", format!("[{}\"a\"]", "\"a\",".repeat(200_000))),
        (
            "ulimits",
            format!(
                "{{\"{name}\":{{{}\"z\":1}}}}",
                lines(20_000, |n| format!("\"k{n}\":1,")).replace('\n', "")
            ),
        ),
        ("lb_config", format!("{{\"port_rules\":{rules}}}")),
    ] {
        let service = service("s", &format!("rancher: {{ {key}: '{json}' }}"));
        refused(
            &template("", &format!("  node_templates:\n    n: {{ type: paas.nodes.Network }}\n{service}")),
            &[Code::RancherKeys],
        );
    }
}
