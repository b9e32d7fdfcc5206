//! The template policy on what templates say, however they say it: by inputs, functions, defaults of types; and places.

use paas_core::{
    diagnostic::{Diagnostics, Severity},
    policy::{Level, Row, TemplatePolicy},
    release::Target,
};
use paas_tosca::{Options, Source, check, policy_file, resolve::InMemory, translate};
use std::sync::Arc;

/// A template of one service `web` with limits, and with these types, inputs and properties. The properties stand in
/// line 10 and below.
fn template(types: &str, inputs: &str, properties: &str) -> Source {
    let text = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3
node_types: {{ {types} }}
topology_template:
  inputs: {{ {inputs} }}
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    web:
      type: {}
      properties:
        {properties}
        resources: {{ cpu_limit: 0.5, memory_limit: 64 MiB }}
      requirements: [ {{ network: dmz }} ]
",
        if types.is_empty() { "paas.nodes.Service" } else { "bank.nodes.Service" }
    );
    Source::new("t.yaml", text)
}

fn told(diagnostics: &Diagnostics) -> Vec<String> {
    let told = diagnostics.iter().map(|diagnostic| {
        let place = diagnostic.place().expect("a place").start;
        let mark = if diagnostic.severity == Severity::Error { "" } else { "~" };
        format!("{}:{} {mark}{}", place.line, place.column, diagnostic.code)
    });
    told.collect()
}

fn with(policy: &TemplatePolicy) -> Options {
    let mut options = Options::default();
    options.policy = policy.clone();
    options
}

/// What is told of a template by a policy; checking and translating agree on it.
fn found(source: &Source, policy: &TemplatePolicy) -> Vec<String> {
    let checked = check(source, &with(policy));
    let translation = translate(source, &with(policy), &Target::default());
    assert_eq!(checked.diagnostics, translation.diagnostics);
    assert_eq!(translation.release.is_none(), checked.diagnostics.has_errors());
    told(&checked.diagnostics)
}

const IMAGE: &str = "image: registry.bank.test/web:1.4";

/// For each row what a template says plainly, in line 11, with the column where it is found.
fn plain(row: Row) -> (&'static str, usize) {
    match row {
        Row::Privileged => ("security: { privileged: true }", 33),
        Row::HostNetwork => ("security: { host_network: true }", 35),
        Row::HostPid => ("security: { host_pid: true }", 31),
        Row::HostIpc => ("security: { host_ipc: true }", 31),
        Row::Devices => ("security: { devices: [ /dev/kvm, '/dev/sda:/dev/x:r' ] }", 32),
        Row::AddedCapabilities => ("security: { add_capabilities: [ CHOWN, SYS_ADMIN ] }", 48),
        Row::SecurityOptions => ("security: { security_opt: [ no-new-privileges, seccomp=unconfined ] }", 56),
        Row::UserRoot => ("security: { user: root }", 27),
        Row::DockerSocket => {
            ("security: { host_mounts: [ { host_path: /run/docker.sock, path: /run/docker.sock } ] }", 49)
        }
        Row::ForbiddenHostPaths => ("security: { host_mounts: [ { host_path: /, path: /host } ] }", 49),
        Row::HostPaths => ("security: { host_mounts: [ { host_path: /srv/x, path: /srv } ] }", 49),
        Row::ReservedLabels => ("labels: { io.rancher.container.dns: 'true' }", 19),
        row => panic!("{row} is tried by itself"),
    }
}

const PLAIN: [Row; 12] = [
    Row::Privileged,
    Row::HostNetwork,
    Row::HostPid,
    Row::HostIpc,
    Row::Devices,
    Row::AddedCapabilities,
    Row::SecurityOptions,
    Row::UserRoot,
    Row::DockerSocket,
    Row::ForbiddenHostPaths,
    Row::HostPaths,
    Row::ReservedLabels,
];

#[test]
fn what_is_said_plainly_is_found_at_its_place() {
    for row in PLAIN {
        let (said, column) = plain(row);
        let source = template("", "", &format!("{IMAGE}\n        {said}"));
        let mut policy = TemplatePolicy::default();
        let mut expected = vec![format!("11:{column} {}", mark(row))];
        if row == Row::Devices {
            expected.push("11:42 policy.devices".to_owned());
        }
        assert_eq!(found(&source, &policy), expected, "{row}");
        policy.set(row, Level::Warn);
        // Where one row of mounts lets go, the next holds.
        if !matches!(row, Row::DockerSocket | Row::ForbiddenHostPaths) {
            let warned: Vec<_> =
                expected.iter().map(|told| told.replace(" policy", " ~policy").replace("~~", "~")).collect();
            assert_eq!(found(&source, &policy), warned, "{row}");
        }
        assert_eq!(found(&source, &TemplatePolicy::allowing_everything()), [""; 0], "{row}");
    }
}

/// The code of a row, as told by default.
fn mark(row: Row) -> String {
    let mark = if row.default_level() == Level::Deny { "" } else { "~" };
    format!("{mark}{}", row.code())
}

#[test]
fn values_of_inputs_are_found() {
    for (inputs, properties, row) in [
        (
            "root: { type: boolean, default: true }",
            "security: { privileged: { get_input: root } }",
            Row::Privileged,
        ),
        (
            "folder: { type: string, default: /etc }",
            "security: { host_mounts: [ { host_path: { concat: [ { get_input: folder }, /ssl ] }, path: /x } ] }",
            Row::ForbiddenHostPaths,
        ),
        (
            "folder: { type: string, default: /run }",
            "security: { host_mounts: [ { host_path: { concat: [ { get_input: folder }, /docker.sock ] }, path: /x } ] }",
            Row::DockerSocket,
        ),
        (
            "right: { type: string, default: ADMIN }",
            "security: { add_capabilities: [ { concat: [ SYS_, { get_input: right } ] } ] }",
            Row::AddedCapabilities,
        ),
        (
            "all: { type: paas.datatypes.Security, default: { host_pid: true } }",
            "security: { get_input: all }",
            Row::HostPid,
        ),
    ] {
        let source = template("", inputs, &format!("{IMAGE}\n        {properties}"));
        let found: Vec<_> = found(&source, &TemplatePolicy::default());
        let codes: Vec<_> = found.iter().filter_map(|told| told.split(' ').nth(1)).collect();
        assert_eq!(codes, [row.code().as_str()], "{properties}");
    }
}

#[test]
fn values_that_are_given_count_and_not_the_defaults() {
    let source = template(
        "",
        "root: { type: boolean, default: false }",
        &format!("{IMAGE}\n        security: {{ privileged: {{ get_input: root }} }}"),
    );
    let mut options = Options::default();
    assert!(check(&source, &options).diagnostics.is_empty());
    options.inputs.insert("root".to_owned(), "true".to_owned());
    let codes = told(&check(&source, &options).diagnostics);
    assert!(codes.iter().all(|told| told.ends_with(" policy.privileged")) && codes.len() == 1, "{codes:?}");
}

#[test]
fn defaults_of_derived_types_are_found() {
    let types = "bank.nodes.Service: { derived_from: paas.nodes.Service, properties: { security: { type: paas.datatypes.Security, default: { host_network: true, devices: [ /dev/sda ] } } } }";
    let told = found(&template(types, "", IMAGE), &TemplatePolicy::default());
    let codes: Vec<_> = told.iter().filter_map(|told| told.split(' ').nth(1)).collect();
    assert_eq!(codes, ["policy.host_network", "policy.devices"]);
    // In the line of the type, where it is written.
    assert!(told.iter().all(|told| told.starts_with("2:")), "{told:?}");
}

#[test]
fn defaults_of_imported_types_are_found_in_their_file() {
    let template = "tosca_definitions_version: tosca_simple_yaml_1_3
imports: [ { file: types.yaml, namespace_prefix: bank } ]
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: bank:Service
      properties: { image: 'registry.bank.test/web:1.4', resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements: [ { network: dmz } ]
";
    for row in PLAIN {
        let (name, value) = plain(row).0.split_once(": ").expect("a property");
        let ty = match name {
            "labels" => "map, entry_schema: { type: string }",
            _ => "paas.datatypes.Security",
        };
        let types = format!(
            "tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  Service:
    derived_from: paas.nodes.Service
    properties: {{ {name}: {{ type: {ty}, default: {value} }} }}
"
        );
        let mut options = with(&TemplatePolicy::default());
        options.resolver = Arc::new(InMemory::from_iter([("types.yaml", types)]));
        let checked = check(&Source::new("t.yaml", template), &options);
        assert!(!checked.diagnostics.is_empty(), "{row}");
        for diagnostic in &checked.diagnostics {
            assert_eq!(diagnostic.code, row.code(), "{row}");
            let place = diagnostic.place().expect("a place");
            assert_eq!((&*place.file, place.start.line), ("types.yaml", 5), "{row}");
        }
    }
}

#[test]
fn images_are_what_functions_make_of_them() {
    let mut policy = TemplatePolicy::default();
    policy.set_list(Row::Registries, ["registry.bank.test/shop"]);
    for (image, expected) in [
        ("registry.bank.test/shop/web:1.4", &[][..]),
        ("{ concat: [ registry.bank.test/shop, /web, ':', '1.4' ] }", &[]),
        ("{ concat: [ registry.bank.test, .evil.test/shop/web, ':1.4' ] }", &["10:16 policy.registries"]),
        ("{ concat: [ registry.bank.test/, 'shop/web:', latest ] }", &["10:16 ~policy.mutable_tags"]),
        ("registry.bank.test/shop/base/postgres:13.14", &["10:16 ~policy.stateful_without_volume"]),
        ("nginx", &["10:16 ~policy.mutable_tags", "10:16 policy.registries"]),
    ] {
        assert_eq!(found(&template("", "", &format!("image: {image}")), &policy), expected, "{image}");
    }
}

#[test]
fn what_was_diagnosed_or_is_not_known_is_not_told_of_again() {
    let limits = |resources: &str| {
        let text = template("", "memory: { type: scalar-unit.size }", IMAGE).text().to_owned();
        let text = text.replace("resources: { cpu_limit: 0.5, memory_limit: 64 MiB }", resources);
        let mut found = told(&check(&Source::new("t.yaml", text), &Options::default()).diagnostics);
        found.retain(|told| told != "4:13 ~tosca.input_missing");
        found
    };
    assert_eq!(limits("resources: { cpu_limit: 0.5 }"), ["11:20 ~policy.missing_limits"]);
    assert_eq!(limits("scale: 1"), ["7:5 ~policy.missing_limits"]);
    assert_eq!(limits("resources: { cpu_limit: 0.5, memory_limit: { get_input: memory } }"), [""; 0]);
    assert_eq!(limits("resources: { cpu_limit: x, memory_limit: 64 MiB }"), ["11:33 tosca.wrong_type"]);
    assert_eq!(limits("resorces: { cpu_limit: 0.5 }"), ["11:9 tosca.unknown_property"]);
    let image = |image: &str| {
        told(&check(&template("", "", &format!("image: {image}")), &Options::default()).diagnostics)
    };
    assert_eq!(image("[ web ]"), ["10:16 tosca.wrong_type"]);
}

#[test]
fn labels_that_nobody_may_set_are_errors_by_any_policy() {
    for label in ["io.rancher.container.create_agent", "io.paas.x", "io.rancher.scheduler.global"] {
        let source = template("", "", &format!("{IMAGE}\n        labels: {{ {label}: 'true' }}"));
        for policy in [TemplatePolicy::default(), TemplatePolicy::allowing_everything()] {
            assert_eq!(found(&source, &policy), ["11:19 app.label_name"], "{label}");
        }
    }
}

#[test]
fn what_is_asked_of_the_host_must_be_understood() {
    for (security, expected) in [
        ("devices: [ sda ]", &["11:32 app.security"][..]),
        ("user: 'a b'", &["11:27 app.security"]),
        ("security_opt: [ secomp=unconfined ]", &["11:37 app.security"]),
        ("drop_capabilities: [ NET_RAV ]", &["11:42 app.security"]),
        ("add_capabilities: [ CHOWN ], drop_capabilities: [ CHOWN ]", &["11:71 app.security"]),
        ("host_mounts: [ { host_path: /a/../b, path: /b } ]", &["11:49 app.mount_path"]),
        ("host_mounts: [ { host_path: /a, path: / } ]", &["11:59 app.mount_path"]),
        ("privileged: [ true ]", &["11:33 tosca.wrong_type"]),
        ("priviledged: true", &["11:21 tosca.unknown_property"]),
    ] {
        let source = template("", "", &format!("{IMAGE}\n        security: {{ {security} }}"));
        assert_eq!(found(&source, &TemplatePolicy::allowing_everything()), expected, "{security}");
    }
    let twice = "host_mounts: [ { host_path: /a, path: /x }, { host_path: /b, path: /x/ } ]";
    let source = template("", "", &format!("{IMAGE}\n        security: {{ {twice} }}"));
    assert_eq!(found(&source, &TemplatePolicy::allowing_everything()), ["11:78 app.mount_path"]);
}

#[test]
fn the_file_tells_all_its_problems_at_once() {
    let text = "privilegd: deny
host_network: maybe
host_pid: [ deny ]
host_ipc:
registries:
  levl: warn
  allowed: [ 'https://registry.bank.test', 5000, [ x ], registry.bank.test ]
forbidden_host_paths: { paths: etc }
added_capabilities: { level: { a: b }, allowed: [ CAP_NET_ADMIN ] }
missing_limits: { level: deny }
mutable_tags: { level: warn, tags: [ '' ] }
";
    let file = policy_file::read(&Source::new("policy.yaml", text));
    assert_eq!(file.policy, None);
    assert_eq!(
        told(&file.diagnostics),
        [
            "1:1 policy_file.unknown_key",
            "2:15 policy_file.wrong_value",
            "3:11 policy_file.wrong_shape",
            "4:1 policy_file.wrong_value",
            "6:3 policy_file.unknown_key",
            "7:14 policy_file.wrong_value",
            "7:44 policy_file.wrong_value",
            "7:50 policy_file.wrong_shape",
            "8:32 policy_file.wrong_shape",
            "9:30 policy_file.wrong_shape",
            "9:51 policy_file.wrong_value",
            "10:17 policy_file.wrong_shape",
            "11:38 policy_file.wrong_value",
        ]
    );
    let helps: Vec<_> = file.diagnostics.iter().filter_map(|found| found.help.as_deref()).collect();
    assert!(helps.contains(&"did you mean `privileged`?") && helps.contains(&"did you mean `level`?"));
    assert!(helps.contains(&"did you mean `NET_ADMIN`?"), "{helps:?}");
}

#[test]
fn a_file_says_what_differs() {
    for (text, same) in [("", false), ("# nothing\n", false), ("{}", true), ("privileged: deny", true)] {
        let file = policy_file::read(&Source::new("policy.yaml", text));
        // YAML has no empty document; that is told like for templates.
        assert_eq!(file.policy.is_some(), same, "{text}");
        assert!(file.policy.is_none_or(|policy| policy == TemplatePolicy::default()));
    }
    for text in ["- privileged", "privileged", "tosca_definitions_version: tosca_simple_yaml_1_3"] {
        assert!(policy_file::read(&Source::new("policy.yaml", text)).policy.is_none(), "{text}");
    }
}

#[test]
fn the_page_has_the_default_policy_and_every_row() {
    let page = crate::templates::read("docs/policy.md");
    let default = policy_file::write(&TemplatePolicy::default());
    assert!(page.text().contains(&format!("```yaml\n{default}```\n")), "docs/policy.md lacks:\n{default}");
    for row in Row::ALL {
        let list = row.list_key().map_or_else(String::new, |list| format!("`{list}`"));
        let cells = format!("| `{row}` | {} | {list} | {} |", row.default_level(), row.meaning());
        assert!(page.text().contains(&cells), "docs/policy.md lacks this row:\n{cells}");
    }
}

#[test]
fn the_benches_are_without_fault() {
    for name in ["services_10.yaml", "services_100.yaml", "services_1000.yaml"] {
        let path = crate::templates::project("../shared/data/bench").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("{} is not there: skipped", path.display());
            continue;
        };
        assert!(check(&Source::new(name, text), &Options::default()).diagnostics.is_empty(), "{name}");
    }
}

#[test]
fn what_is_no_image_has_no_tag_and_no_registry() {
    let mut options = Options::default();
    options.policy.set_list(Row::Registries, ["registry.bank.test"]);
    let checked = check(&template("", "", "image: 'user@registry.bank.test/a'"), &options);
    assert_eq!(told(&checked.diagnostics), ["10:16 app.image_reference"]);
}

#[test]
fn the_image_of_a_normative_container_is_told_where_it_stands() {
    let text = "tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    runtime: { type: tosca.nodes.Container.Runtime }
    web:
      type: tosca.nodes.Container.Application
      requirements: [ { host: runtime }, { dependency: dmz } ]
      artifacts:
        image: { type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'web:latest' }
";
    let checked = check(&Source::new("t.yaml", text), &Options::default());
    assert!(
        told(&checked.diagnostics).contains(&"10:81 ~policy.mutable_tags".to_owned()),
        "{:?}",
        told(&checked.diagnostics)
    );
}
