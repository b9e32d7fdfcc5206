//! Tenant files.

use paas_core::{
    diagnostic::{Code, Diagnostics},
    tenant::{NfsServer, Tenant, TenantNetwork},
};
use paas_platform::tenants::{self, TenantFile};
use paas_tosca::{Source, yaml::Emitter};
use proptest::prelude::*;
use std::fmt::Write as _;

fn read(text: &str) -> TenantFile {
    tenants::read(&Source::new("tenant.yaml", text))
}

/// All that diagnostics say: code, message, every place with its end, help.
fn whole(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(text, "{}: {}", diagnostic.code, diagnostic.message);
        for label in &diagnostic.labels {
            let (start, end) = (label.place.start, label.place.end);
            let said = label.text.as_deref().map(|said| format!(" {said}")).unwrap_or_default();
            let _ = writeln!(text, "  at {}:{}-{}:{}{said}", start.line, start.column, end.line, end.column);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

/// What one file says.
fn told(text: &str) -> String {
    let file = read(text);
    assert_eq!(file.tenant.is_none(), file.diagnostics.has_errors());
    whole(&file.diagnostics)
}

/// The rest of `resource` takes a Rancher; here the tenant files of its examples are read.
#[test]
fn examples_give_their_code_and_no_other() {
    let of = |area: &str| {
        let prefix = format!("{area}.");
        Code::ALL.iter().copied().filter(move |code| code.as_str().starts_with(&prefix)).collect::<Vec<_>>()
    };
    assert!(!of("tenant").is_empty() && !of("resource").is_empty());
    for code in of("tenant") {
        let wrong = read(code.example().wrong);
        let found: Vec<_> = wrong.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(!found.is_empty() && found.iter().all(|found| *found == code), "{code}: {found:?}");
        assert_eq!(wrong.tenant, None, "{code}");
        assert_eq!(told(code.example().right), "", "{code}");
    }
    for code in of("resource") {
        for text in [code.example().wrong, code.example().right] {
            assert_eq!(told(text), "", "{code}");
        }
    }
}

#[test]
fn the_bank_has_what_its_template_asks_for() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/bank/");
    let source = |name: &str| Source::new(name, std::fs::read_to_string(format!("{folder}{name}")).unwrap());
    let file = tenants::read(&source("tenant.yaml"));
    assert_eq!(whole(&file.diagnostics), "");
    let tenant = file.tenant.unwrap();
    assert_eq!(tenant.name, "meridian");

    let checked = paas_tosca::check(&source("template.yaml"), &paas_tosca::Options::default());
    let application = checked.application.unwrap();
    assert!(application.networks.len() == 3 && application.volumes.len() == 2);
    for network in &application.networks {
        assert!(tenant.network(&network.name).is_some(), "{}", network.name);
    }
    for volume in &application.volumes {
        let tier = volume.tier.as_deref().unwrap();
        let servers = tenant.nfs_servers.iter().filter(|server| server.tier == tier);
        assert!(servers.into_iter().any(|server| server.capacity_bytes >= volume.size_bytes), "{tier}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let told = told(
        "\
tenant: 4711
networks:
  - { name: dmz, environment: meridian-dmz }
  - { name: dmz, environment: meridian-dmz }
  - { name: core, enviroment: meridian-core }
  - name: web front
    environment:
  - application
  - { name: vault, security_level: secret, security_domain: 7 }
nfs_servers:
  - name: filer-1
    host: nfs://10.0.0.5
    export_base: /exports/../meridian
    mount_options: [ nfsvers=4, hard ]
    tier: gold
    capacity: 2 PB
  - name: filer-1
    host: 10.0.0.6
    export_base: /exports/meridian
owner: Channel engineering
",
    );
    let expected = "\
tenant.wrong_value: `tenant` is text, but `4711` without quotes is an integer
  at 1:9-1:13
  help: put it in quotes
tenant.duplicate: two networks are called `dmz`
  at 4:13-4:16 given again here
  at 3:13-3:16 first given here
  help: change or remove one of them
tenant.unknown_key: `enviroment` is not a key of a network
  at 5:19-5:29
  help: did you mean `environment`?
tenant.wrong_value: `web front` cannot be the name of a network: a space is no letter from a to z, digit, dot, dash or underscore
  at 6:11-6:20
tenant.wrong_value: `environment` has no value
  at 7:5-7:16
  help: write a value after the colon
tenant.wrong_shape: a network is a map, but here is a single value
  at 8:5-8:16
tenant.wrong_value: `secret` cannot be a security level: no template can ask for it
  at 9:36-9:42
  help: write `low`, `medium` or `high`
tenant.wrong_value: `security_domain` is text, but `7` without quotes is an integer
  at 9:61-9:62
  help: put it in quotes
tenant.wrong_value: `nfs://10.0.0.5` cannot be a host name or an IP address: it has a scheme
  at 12:11-12:25
  help: write only the name or the address, such as `10.0.0.5`
tenant.wrong_value: `/exports/../meridian` cannot be the folder of a file server: it has a part `..`
  at 13:18-13:38
  help: write an absolute path, such as `/exports/meridian`
tenant.wrong_shape: `mount_options` is a single value, but here is a list
  at 14:20-14:39
tenant.wrong_value: `2 PB` is not a size: its unit is not known
  at 16:15-16:19
  help: write a number and a unit, such as `2 TB`; units are B, kB, KiB, MB, MiB, GB, GiB, TB, TiB
tenant.duplicate: two file servers are called `filer-1`
  at 17:11-17:18 given again here
  at 11:11-11:18 first given here
  help: change or remove one of them
tenant.missing_key: a file server needs `tier`
  at 17:11-17:18
  help: add `tier: gold`
tenant.unknown_key: `owner` is not a key of a tenant file
  at 20:1-20:6
  help: the keys here are `tenant`, `project`, `networks`, `nfs_servers`
";
    assert_eq!(told, expected, "told:\n{told}");
}

#[test]
fn networks_share_no_environment() {
    let text = "tenant: t\nnetworks:\n  - { name: dmz, environment: core }\n  - { name: core }\n";
    let expected = "\
tenant.duplicate: the networks `dmz` and `core` have the same environment `core`
  at 4:13-4:17 given again here
  at 3:31-3:35 first given here
  help: change or remove one of them
";
    assert_eq!(told(text), expected);
}

#[test]
fn a_tenant_may_own_nothing() {
    for text in ["tenant: t", "tenant: t\nnetworks:\nnfs_servers: []\n", "{ tenant: \"t\" }"] {
        assert_eq!(read(text).tenant, Some(Tenant::new("t")), "{text}");
    }
}

#[test]
fn what_was_read_knows_its_place() {
    let file = read(
        "tenant: t\nnetworks:\n- { name: a, environment: x }\n- { name: b }\n\
         nfs_servers:\n- { name: f, host: h, export_base: /, tier: gold }\n",
    );
    let tenant = file.tenant.unwrap();
    let network = |name| tenant.network(name).unwrap().origin.place().unwrap().to_string();
    assert_eq!(network("a"), "tenant.yaml:3:27");
    assert_eq!(network("b"), "tenant.yaml:4:11");
    assert_eq!(tenant.nfs_servers[0].origin.place().unwrap().to_string(), "tenant.yaml:6:11");
}

/// A value that YAML may take for something else is never guessed at.
#[test]
fn what_is_no_text_needs_quotes() {
    for value in ["7", "1.5", "yes", "2026-01-01", "22:30", "1e7"] {
        let text = format!("tenant: t\nnetworks: [ {{ name: a, environment: {value} }} ]");
        assert!(told(&text).starts_with("tenant.wrong_value: `environment` is text"), "{value}");
        let text = text.replace(value, &format!("'{value}'"));
        assert_eq!(read(&text).tenant.unwrap().networks[0].environment, value);
    }
}

#[test]
fn odd_files_are_told_apart() {
    let cases = [
        ("", "yaml.empty: "),
        ("# nothing\n", "yaml.empty: "),
        ("~", "tenant.wrong_shape: a tenant file is a map, but here is nothing\n"),
        ("[]", "tenant.wrong_shape: a tenant file is a map, but here is a list\n"),
        ("meridian", "tenant.wrong_shape: a tenant file is a map, but here is a single value\n"),
        ("{}", "tenant.missing_key: a tenant file needs `tenant`\n"),
        ("tenant: a\n---\ntenant: b\n", "yaml.several_documents: "),
        ("tenant: a\ntenant: b\n", "yaml.duplicate_key: "),
        ("tenant: [\n", "yaml.syntax: "),
        ("tenant: !secret a\n", "yaml.unknown_tag: "),
        ("tenant: { a: b }", "tenant.wrong_shape: `tenant` is a single value, but here is a map\n"),
        ("tenant: ''", "tenant.wrong_value: `tenant` has no value\n"),
        (
            "tenant: t\nnetworks: dmz",
            "tenant.wrong_shape: `networks` is a list, but here is a single value\n",
        ),
        ("tenant: t\nnetworks:\n- ", "tenant.wrong_shape: a network is a map, but here is nothing\n"),
        ("tenant: t\nnetworks: [ {} ]", "tenant.missing_key: a network needs `name`\n"),
        ("tenat: t", "tenant.unknown_key: `tenat` is not a key of a tenant file\n"),
        (
            "tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template: {}\n",
            "tenant.unknown_key: this is a TOSCA template, not a tenant file\n",
        ),
    ];
    for (text, expected) in cases {
        let told = told(text);
        assert!(told.starts_with(expected), "{text:?}: {told}");
        let problems = read(text).diagnostics.len();
        assert_eq!(problems, 1, "{text:?}: {told}");
    }
}

#[test]
fn anchors_and_merges_stand_for_what_they_name() {
    let text = "
tenant: t
nfs_servers:
  - &first { name: a, host: h, export_base: /x, tier: gold, capacity: 1 GiB }
  - { <<: *first, name: b }
";
    let tenant = read(text).tenant.unwrap();
    let second = tenant.nfs_server("b").unwrap();
    assert_eq!((second.host.as_str(), second.capacity_bytes), ("h", Some(1 << 30)));
}

/// What a file costs is bounded, also when nothing in it is right.
#[test]
fn a_file_of_mistakes_is_told_in_part() {
    let text: String = (0..50_000).map(|index| format!("nfs_server{index}: a\n")).collect();
    let problems = read(&text).diagnostics;
    assert_eq!(problems.len(), 1_000);
    let problems = told(&"# a comment\n".repeat(100_000));
    assert!(problems.starts_with("yaml.too_large: "), "{problems}");
    let name = "a".repeat(500_000);
    assert!(told(&format!("tenant: {name}\n{name}: {name}\n")).len() < 2_000);
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in ".*|[\\[\\]{}:,*&!|>'\"%@` \n\ta-z#?-]*") {
        let file = read(&text);
        prop_assert_eq!(file.tenant.is_none(), file.diagnostics.has_errors());
    }

    #[test]
    fn no_damage_to_a_file_is_too_odd(
        text in Just(Code::TenantDuplicate.example().right),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), "[a-z/,:{}\\[\\]~ \n-]{0,4}"), 1..6),
    ) {
        let mut text: Vec<char> = text.chars().collect();
        for (at, with) in cuts {
            let at = at.index(text.len());
            text.splice(at..=at, with.chars());
            if text.is_empty() {
                break;
            }
        }
        let text = String::from_iter(text);
        let file = read(&text);
        prop_assert_eq!(file.tenant.is_none(), file.diagnostics.has_errors());
        for label in file.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
            let (start, end) = (label.place.start.offset as usize, label.place.end.offset as usize);
            prop_assert!(text.get(start..end).is_some(), "{:?}", label);
        }
    }

    #[test]
    fn what_is_written_is_read(tenant in tenants(), with_environments in any::<bool>()) {
        let file = read(&written(&tenant, with_environments));
        prop_assert_eq!(whole(&file.diagnostics), "");
        prop_assert_eq!(file.tenant.unwrap(), tenant);
    }
}

fn written(tenant: &Tenant, with_environments: bool) -> String {
    Emitter::new().map(|root| {
        root.entry("tenant").string(&tenant.name);
        root.entry("networks").list(|list| {
            for network in &tenant.networks {
                list.item().map(|map| {
                    map.entry("name").string(&network.name);
                    if with_environments || network.environment != network.name {
                        map.entry("environment").string(&network.environment);
                    }
                });
            }
        });
        root.entry("nfs_servers").list(|list| {
            for server in &tenant.nfs_servers {
                list.item().map(|map| {
                    map.entry("name").string(&server.name);
                    map.entry("host").string(&server.host);
                    map.entry("export_base").string(&server.export_base);
                    if let Some(options) = &server.mount_options {
                        map.entry("mount_options").string(options);
                    }
                    map.entry("tier").string(&server.tier);
                    if let Some(bytes) = server.capacity_bytes {
                        map.entry("capacity").string(&format!("{bytes} B"));
                    }
                });
            }
        });
    })
}

/// Any tenant that a file can describe.
fn tenants() -> impl Strategy<Value = Tenant> {
    let networks = prop::collection::btree_map(NAME, prop::option::of(environment()), 0..6);
    let servers = prop::collection::btree_map(NAME, server(), 0..4);
    (NAME, networks, servers).prop_map(|(name, networks, servers)| {
        let mut tenant = Tenant::new(name);
        for (name, environment) in networks {
            let environment = environment.unwrap_or_else(|| name.clone());
            if tenant.networks.iter().all(|other| other.environment != environment) {
                tenant.networks.push(TenantNetwork::new(name, environment));
            }
        }
        tenant.nfs_servers = servers.into_iter().map(|(name, server)| named(server, name)).collect();
        tenant
    })
}

const NAME: &str = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}";

fn environment() -> impl Strategy<Value = String> {
    "[^\\pC\\pZ]([^\\pC]{0,60}[^\\pC\\pZ])?"
}

fn server() -> impl Strategy<Value = NfsServer> {
    let host = prop_oneof![
        any::<std::net::IpAddr>().prop_map(|address| address.to_string()),
        "[a-z]([a-z0-9_-]{0,20}[a-z0-9])?(\\.[a-z0-9]{1,10}){0,3}\\.?",
    ];
    let options = prop::option::of("[^\\pC\\pZ]{1,40}");
    // Sizes are floats in the language of templates: beyond this, not every whole number is one.
    let capacity = prop::option::of(0..1_u64 << 53);
    (host, "/|(/[^\\pC\\pZ,/.][^\\pC\\pZ,/]{0,20}){1,5}", options, NAME, capacity).prop_map(
        |(host, export_base, options, tier, capacity)| {
            let mut server = NfsServer::new("", host, export_base, tier);
            server.mount_options = options;
            server.capacity_bytes = capacity;
            server
        },
    )
}

fn named(mut server: NfsServer, name: String) -> NfsServer {
    server.name = name;
    server
}
