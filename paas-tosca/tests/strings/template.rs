//! A template with a string in every place where strings are free.

use std::collections::BTreeMap;

/// A place in [`TEMPLATE`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) name: &'static str,
    /// What stands there when another place is tried.
    pub(super) usual: &'static str,
    /// Something unusual that it takes.
    pub(super) odd: &'static str,
    /// Whether every string without NUL is right there.
    pub(super) takes_anything: bool,
}

const fn free(name: &'static str, usual: &'static str) -> Place {
    const ODD: &str =
        "a\": \"b\"\n  privileged: true\n# ${x} $$ {{y}} \\ \u{85}\u{2028}\u{FEFF}\u{7F}\u{1F600}'";
    Place { name, usual, odd: ODD, takes_anything: true }
}

const fn bound(name: &'static str, usual: &'static str, odd: &'static str) -> Place {
    Place { name, usual, odd, takes_anything: false }
}

pub(super) const PLACES: &[Place] = &[
    bound("name", "retail", "{{ My }} $bank: \"retail\"\n#"),
    free("description", "An application."),
    free("input_description", "An input."),
    free("input_default", "default"),
    bound("near", "near", "on"),
    bound("far", "far", "1e3"),
    free("domain", "shop"),
    free("server", "filer"),
    free("tier", "gold"),
    free("node_description", "A service."),
    bound("image", "registry.bank.test/web:1", "0x1F"),
    free("command", "run"),
    free("entrypoint", "init"),
    bound("variable", "NAME", "{{ $x }}: \"'#"),
    free("value", "value"),
    free("before", "before "),
    free("after", " after"),
    free("inside", "inside"),
    bound("label", "label", "{{ $x }}: \"'#"),
    free("label_value", "value"),
    bound("log_directory", "/var/log", "/{{ $x }}: \"'#"),
    free("log_extension", "log"),
    bound("health_path", "/health", "/{{$x}}:#\\%20ü?a=b"),
    bound("affinity", "disk", "{{ $x }}: \"'#"),
    bound("affinity_value", "ssd", "{{ $x }}: \"'#"),
    bound("mount", "/data", "/{{ $x }} \"'#"),
    bound("outside", "a.bank.test", "1e3"),
    bound("certificate", "www.bank.test", "{{ $x }}: \"'#"),
    bound("host", "www.bank.test", "*.1e3"),
    bound("path", "/api", "/{{$x}}:#\\%20ü?a=b"),
    free("metric", "requests"),
    free("output_description", "An output."),
    free("output", "shown"),
];

/// A string for each place.
#[derive(Debug, Clone)]
pub(super) struct Strings(BTreeMap<&'static str, String>);

impl Strings {
    pub(super) fn usual() -> Self {
        Self(PLACES.iter().map(|place| (place.name, place.usual.to_owned())).collect())
    }

    pub(super) fn with(mut self, place: &'static str, text: &str) -> Self {
        self.0.insert(place, text.to_owned());
        self
    }

    pub(super) fn at(&self, place: &str) -> &str {
        &self.0[place]
    }
}

/// The template's text, each string in double quotes.
pub(super) fn text(strings: &Strings) -> String {
    let pieces = TEMPLATE.split('@').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => piece.to_owned(),
            _ => serde_json::to_string(strings.at(piece)).unwrap(),
        })
        .collect()
}

const TEMPLATE: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: @name@, secret_inputs: key }
description: @description@
imports: [ paas-profile-1.0.yaml ]
topology_template:
  inputs:
    key: { type: string, description: @input_description@ }
    given: { type: string, default: @input_default@ }
  node_templates:
    front:
      type: paas.nodes.Network
      properties: { network_name: @near@, security_domain: @domain@ }
    back:
      type: paas.nodes.Network
      properties: { network_name: @far@ }
    files:
      type: paas.nodes.Volume
      properties: { server: @server@, tier: @tier@ }
    web:
      type: paas.nodes.Service
      description: @node_description@
      properties:
        image: @image@
        command: [ first, @command@ ]
        entrypoint: [ @entrypoint@, last ]
        environment:
          @variable@: @value@
          WITH_SECRET: { concat: [ @before@, { get_input: key }, @after@ ] }
          JOINED: { concat: [ '<', @inside@, { get_input: given }, '>' ] }
          READ: { get_property: [ outside, host ] }
        labels:
          @label@: @label_value@
        log_files:
          - { directory: @log_directory@, extensions: [ @log_extension@ ] }
        health_check: { port: 80, path: @health_path@ }
        host_affinity:
          @affinity@: @affinity_value@
      requirements:
        - network: front
        - volume:
            node: files
            relationship: { type: paas.relationships.Mounts, properties: { location: @mount@ } }
        - connection: outside
        - connection: api
    outside:
      type: paas.nodes.ExternalService
      properties: { host: @outside@ }
      requirements: [ { network: front } ]
    entry:
      type: paas.nodes.LoadBalancer
      properties:
        certificate: @certificate@
        routes:
          - { listen: 443, protocol: https, host: @host@, path: @path@, service: api, port: 8080 }
      requirements:
        - network: front
        - connection: api
    api:
      type: paas.nodes.Service
      properties: { image: api, ports: [ { container: 8080 } ] }
      requirements: [ { network: back } ]
  policies:
    - plan:
        type: paas.policies.Scaling.Metric
        targets: [ api ]
        properties: { metric: @metric@, upper: 0.5, min_instances: 1, max_instances: 2 }
  outputs:
    shown: { description: @output_description@, value: @output@ }
";
