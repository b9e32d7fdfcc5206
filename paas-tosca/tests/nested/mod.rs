//! Templates that stand for nodes of others.

mod attributes;
mod chosen;
mod inputs;
mod names;
mod policies;
mod requirements;

use paas_core::{application::Service, diagnostic::Severity, policy::TemplatePolicy, release::Target};
use paas_tosca::{Checked, Options, Source, Translation, check, resolve::InMemory, translate};
use std::sync::Arc;

const VERSION: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";

/// The type that is stood for.
const TYPES: &str = "
node_types:
  bank.Database:
    derived_from: tosca.nodes.Root
    properties:
      name: { type: string, default: orders }
      size: { type: integer, required: false }
    capabilities: { sql: { type: tosca.capabilities.Endpoint } }
    requirements:
      - network: { capability: tosca.capabilities.Node, node: paas.nodes.Network, relationship: paas.relationships.PlacedIn, occurrences: [ 0, 1 ] }
      - backup: { capability: tosca.capabilities.Endpoint, relationship: tosca.relationships.ConnectsTo, occurrences: [ 0, 1 ] }
";

/// What stands for it: `pool`, which connects to `db`.
const DATABASE: &str = "
imports: [ types.yaml ]
topology_template:
  inputs:
    name: { type: string }
    size: { type: integer, default: 1 }
  substitution_mappings:
    node_type: bank.Database
    capabilities: { sql: [ pool, service ] }
    requirements:
      - network: [ pool, network ]
      - network: [ db, network ]
      - backup: [ db, connection ]
  node_templates:
    data: { type: paas.nodes.Volume }
    pool:
      type: paas.nodes.Service
      properties: { image: 'r.test/pool:1', ports: [ { container: 6432 } ] }
      requirements: [ connection: db ]
    db:
      type: paas.nodes.Service
      properties:
        image: 'r.test/db:1'
        environment: { NAME: { get_input: name }, SIZE: { get_input: size } }
        ports: [ { container: 5432 } ]
      requirements: [ volume: { node: data, relationship: mounted } ]
  relationship_templates:
    mounted: { type: paas.relationships.Mounts, properties: { location: /data } }
";

/// A template with a network `core` and these nodes.
fn template(nodes: &str) -> String {
    format!(
        "imports: [ types.yaml, database.yaml ]\ntopology_template:\n  node_templates:\n    core: {{ type: paas.nodes.Network }}\n{nodes}"
    )
}

/// A node for which the database stands.
const STORE: &str =
    "    store: { type: bank.Database, directives: [ substitute ], requirements: [ network: core ] }\n";

fn service(name: &str, more: &str, requirements: &str) -> String {
    format!(
        "    {name}: {{ type: paas.nodes.Service, properties: {{ image: 'r.test/{name}:1' {more} }}, requirements: [ network: core {requirements} ] }}\n"
    )
}

fn options(files: &[(&str, &str)]) -> Options {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    let whole = |text: &str| format!("{VERSION}{text}");
    let all: InMemory = files.iter().map(|(path, text)| (*path, whole(text))).collect();
    options.resolver = Arc::new(all);
    options
}

/// `app.yaml`, with the type and what stands for it beside it.
fn checked(app: &str) -> Checked {
    check_with(app, &[("types.yaml", TYPES), ("database.yaml", DATABASE)])
}

fn check_with(app: &str, files: &[(&str, &str)]) -> Checked {
    check(&Source::new("app.yaml", format!("{VERSION}{app}")), &options(files))
}

fn translated(app: &str, files: &[(&str, &str)]) -> Translation {
    translate(&Source::new("app.yaml", format!("{VERSION}{app}")), &options(files), &Target::default())
}

/// `file:line:column code`, a `~` before the code of a warning, and `< file:line` for each further place.
fn told(checked: &Checked) -> Vec<String> {
    let one = |diagnostic: &paas_core::diagnostic::Diagnostic| {
        let mut places = diagnostic.labels.iter().map(|label| &label.place);
        let first = places.next().expect("a place");
        let mark = if diagnostic.severity == Severity::Error { "" } else { "~" };
        let more: String = places.map(|place| format!(" < {}:{}", place.file, place.start.line)).collect();
        format!("{first} {mark}{}{more}", diagnostic.code)
    };
    checked.diagnostics.iter().map(one).collect()
}

fn services(checked: Checked) -> Vec<Service> {
    assert_eq!(told(&checked), [""; 0]);
    checked.application.expect("an application").services
}

/// `name network links`, a link as `kind:target:alias`.
fn shown(services: &[Service]) -> Vec<String> {
    let one = |service: &Service| {
        let mut words = vec![service.name.clone(), service.network.clone()];
        words.extend(service.links.iter().map(|link| {
            let kind = format!("{:?}", link.kind).to_lowercase();
            format!("{kind}:{}:{}", link.to, link.alias.as_deref().unwrap_or("-"))
        }));
        words.join(" ")
    };
    services.iter().map(one).collect()
}
