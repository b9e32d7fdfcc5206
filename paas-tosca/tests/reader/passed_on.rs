//! Properties that few containers have: how programs begin, volumes of others, and what only Rancher gets.

use super::options;
use paas_core::{application::Container, release::Target};
use paas_tosca::{Source, check, translate};
use serde_json::{Value, json};

/// A template with a service, `properties` at eight spaces, and what stands beside it.
fn template(properties: &str, beside: &str) -> Source {
    let text = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {{ secret_inputs: token }}
topology_template:
  inputs: {{ token: {{ type: string }}, name: {{ type: string, default: '\"' }} }}
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    api: {{ type: paas.nodes.Service, properties: {{ image: 'api:1' }}, requirements: [ network: dmz ] }}
{beside}
    web:
      type: paas.nodes.Service
      requirements: [ network: dmz ]
      properties:
        image: web:1
{properties}
"
    );
    Source::new("t.yaml", text)
}

/// Each problem: the line of the properties, the column, the message and the help.
fn told(properties: &str) -> Vec<String> {
    let checked = check(&template(properties, ""), &options());
    let told = checked.diagnostics.iter().map(|it| {
        let start = it.place().unwrap().start;
        let help = it.help.as_deref().map_or_else(String::new, |help| format!(" ({help})"));
        let code = it.code.as_str().split_once('.').unwrap().1;
        format!("{}:{} {code}: {}{help}", i64::from(start.line) - 13, start.column, it.message)
    });
    told.collect()
}

fn container(properties: &str) -> Container {
    let translation = translate(&template(properties, ""), &options(), &Target::default());
    let release = translation.release.unwrap_or_else(|| panic!("{:?}", translation.diagnostics));
    release.service("web").unwrap().1.container().unwrap().clone()
}

fn rancher(properties: &str) -> Value {
    serde_json::to_value(container(properties).rancher).unwrap()
}

#[test]
fn how_the_program_begins() {
    let it = container(
        "        hostname: web-1.bank
        working_dir: /
        tty: true
        stdin_open: false
        anonymous_volumes: [ /a, /b/, /a ]",
    );
    assert_eq!((it.hostname.as_deref(), it.working_dir.as_deref()), (Some("web-1.bank"), Some("/")));
    assert_eq!(
        (it.tty, it.stdin_open, it.anonymous_volumes),
        (true, false, vec!["/a".to_owned(), "/b/".into()])
    );
    assert_eq!(
        told(
            "        hostname: a b
        working_dir: srv
        anonymous_volumes: [ data, '/a:/b', { get_input: token } ]
        security: { host_mounts: [ { host_path: /a, path: /a, propagation: open } ] }"
        ),
        [
            "1:19 process: `a b` cannot be what a container calls itself (write at most 63 letters, digits, dashes and dots)",
            "2:22 process: `srv` is not an absolute path (write one that begins with `/`, without `.` and `..`)",
            "3:30 mount_path: `data` cannot be a mount path (write an absolute path without `:`, `.` and `..`)",
            "3:36 mount_path: `/a:/b` cannot be a mount path (write an absolute path without `:`, `.` and `..`)",
            "3:45 secret_place: a secret cannot be used here, where it would be seen (use it in `environment`, `command` or `entrypoint`)",
            "4:76 constraint: `propagation` must be one of `private`, `rprivate`, `shared`, `rshared`, `slave`, `rslave`, but is `open`",
        ]
    );
}

#[test]
fn volumes_are_those_of_what_runs_beside() {
    let beside = "    data: { type: paas.nodes.Service, properties: { image: 'data:1' }, requirements: [ network: dmz, sidekick_of: web ] }";
    let found = |properties: &str| {
        let checked = check(&template(properties, beside), &options()).diagnostics;
        checked
            .iter()
            .map(|it| format!("{}: {}", it.place().unwrap().start.line, it.message))
            .collect::<Vec<_>>()
    };
    assert!(found("        volumes_from: [ data ]").is_empty());
    assert_eq!(
        found("        volumes_from: [ api, dta, web ]"),
        [
            "14: `web` has the volumes of `api`, which does not run beside it",
            "14: `web` has the volumes of `dta`, which is no service of the application",
            "14: `web` has the volumes of itself",
        ]
    );
    assert_eq!(
        found("        rancher: { network_mode: '\"container:api\"' }"),
        ["14: `web` has the address of `api`, which does not run beside it"]
    );
}

#[test]
fn keys_are_json_with_texts_in_them() {
    assert_eq!(
        rancher(
            "        rancher:
          retain_ip: 'true'
          metadata: '{ \"a\": [ 1, null, { \"b/c\": 2.5 } ], \"d\": \"e\" }'
        rancher_texts:
          /metadata/a/2/b~1c: { get_input: name }
          /metadata/new: { concat: [ 'x', { get_input: token } ] }
          /metadata/a/1: { get_attribute: [ api, host_name ] }
          /stop_signal: SIGTERM"
        ),
        json!({
            "retain_ip": true,
            "stop_signal": "SIGTERM",
            "metadata": {
                "a": [1, { "with_references": [{ "host_of": "api" }] }, { "b/c": "\"" }],
                "d": "e",
                "new": { "with_references": ["x", { "secret": "token" }] },
            },
        })
    );
}

#[test]
fn what_cannot_be_passed_on_is_told_where_it_stands() {
    assert_eq!(
        told(
            "        rancher:
          retainip: 'true'
          hostname: '\"web\"'
          cap_add: '[\"ALL\"]'
          stop_signal: SIGTERM
          metadata: '{ \"a\": 1, \"a\": 2 }'
          ulimits: { get_input: token }
          dns: { get_attribute: [ api, host_name ] }
          retain_ip: '\"true\"'
          scale_policy: '{ \"max\": \"many\", \"step\": 1 }'
          tty: true"
        ),
        [
            "2:11 rancher_keys: `retainip` is not a key of Rancher's files (did you mean `retain_ip`?)",
            "3:11 rancher_keys: `hostname` is not passed on to Rancher as it is (say it as `hostname`, without `rancher`)",
            "4:11 rancher_keys: `cap_add` is not passed on to Rancher as it is (say it as `add_capabilities` in `security`)",
            "5:24 rancher_keys: `stop_signal` is not JSON: expected value at line 1 column 1 (a text has quotes of its own: write `'\"SIGTERM\"'`)",
            "6:21 rancher_keys: `metadata` has the key `a` twice",
            "7:20 rancher_keys: `ulimits` is JSON, into which no secret is put (set it as `/ulimits` in `rancher_texts`)",
            "8:16 not_known_yet: the attribute `host_name` of `api` is known only when the application runs (host names can stand in `environment`, `command`, `entrypoint`, `labels`, `rancher_texts` and the `content` of configuration files)",
            "9:22 rancher_keys: `retain_ip` must be true or false, but is the text `true`",
            "10:25 rancher_keys: `/scale_policy/max` must be a whole number, or a text of its digits, but is the text `many`",
            "10:25 rancher_keys: `scale_policy` has no `min`",
            "10:25 rancher_keys: `scale_policy` has no key `step` (the keys here are `min`, `max`, `increment`)",
            "11:11 rancher_keys: `tty` is not passed on to Rancher as it is (say it as `tty`, without `rancher`)",
            "11:16 wrong_type: `tty` must be a string, but `true` without quotes is a boolean (write `'true'`)",
        ]
    );
}

#[test]
fn of_what_is_not_known_nothing_is_said() {
    let source = template(
        "        rancher: { init: { get_input: unknown }, metadata: '{}' }
        rancher_texts: { /metadata/a: { get_input: unknown }, /init/x: a, /dns: { get_input: unknown } }",
        "",
    );
    let text = source.text().replace("inputs: { token", "inputs: { unknown: { type: string }, token");
    let found = check(&Source::new("t.yaml", text), &options()).diagnostics;
    assert_eq!(found.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["tosca.input_missing"]);
}

#[test]
fn texts_go_where_something_is() {
    assert_eq!(
        told(
            "        rancher: { metadata: '{ \"a\": [ 1 ] }', scale_policy: '{ \"min\": 1 }', dns: 'x' }
        rancher_texts:
          metadata: x
          /metadata: x
          /metadata/a: x
          /retain_ip: 'true'
          /dns/0: nothing is said of what was diagnosed
          /logging/driver: x
          /user: root
          /loging/driver: x
          /scale_policy/min: one"
        ),
        [
            "1:83 rancher_keys: `dns` is not JSON: expected value at line 1 column 1 (a text has quotes of its own: write `'\"x\"'`)",
            "3:11 rancher_keys: `metadata` is not a JSON pointer (write such as `/metadata/name`, with `~1` for `/` and `~0` for `~` in a name)",
            "4:22 rancher_keys: `metadata` must be a map, but is the text `x`",
            "5:11 rancher_keys: `/metadata/a` leads nowhere: `a` would be in a single value",
            "6:23 rancher_keys: `retain_ip` must be true or false, but is the text `true`",
            "8:11 rancher_keys: `/logging/driver` leads nowhere: `rancher` has no `logging` (give `logging` in `rancher`, with all that is around the text)",
            "9:11 rancher_keys: `user` is not passed on to Rancher as it is (say it as `user` in `security`)",
            "10:11 rancher_keys: `loging` is not a key of Rancher's files (did you mean `logging`?)",
            "11:30 rancher_keys: `/scale_policy/min` must be a whole number, or a text of its digits, but is the text `one`",
        ]
    );
}

#[test]
fn what_other_properties_say_counts() {
    assert_eq!(
        told(
            "        restart: on_failure
        labels: { team: a }
        host_affinity: { disk: ssd }
        security: { host_network: true }
        rancher:
          memswap_limit: '1'
          restart: '\"always\"'
          network_mode: '\"none\"'
          labels: '{ \"io.rancher.scheduler.affinity:host_label\": \"a=b\" }'"
        ),
        [
            "6:26 rancher_keys: `memswap_limit` counts memory too, but there is no limit of memory (give a `memory_limit` in `resources`)",
            "7:20 rancher_keys: `restart` is said twice, in two ways (leave it out of `rancher`)",
            "8:25 rancher_keys: a container has the network of its host, or another (remove one of them)",
            "9:19 rancher_keys: the label `io.rancher.scheduler.affinity:host_label` is said twice (leave it out of `rancher`)",
        ]
    );
}

/// The faults of one key, without what all have.
fn faults(key: &str, value: &Value) -> Vec<String> {
    let json = value.to_string().replace('\'', "''");
    let limit = "        resources: { memory_limit: 1 GiB }";
    let told = told(&format!("{limit}\n        rancher:\n          {key}: '{json}'"));
    told.iter()
        .map(|told| told.split_once("rancher_keys: ").map_or(told.as_str(), |it| it.1).to_owned())
        .collect()
}

#[test]
fn shapes_are_those_of_the_executor() {
    for (key, sound, wrong) in [
        ("retain_ip", vec![json!(true)], vec![json!("true"), json!(1), json!(null)]),
        ("stop_signal", vec![json!("SIGTERM"), json!("9")], vec![json!(9), json!(["a"])]),
        ("cpu_shares", vec![json!(512), json!("512")], vec![json!("0.5"), json!(0.5), json!(-1), json!("x")]),
        ("mem_swappiness", vec![json!(0), json!(-1)], vec![json!("0"), json!(101)]),
        ("oom_score_adj", vec![json!(-1000)], vec![json!("1"), json!(1001)]),
        (
            "shm_size",
            vec![json!(1), json!("64m"), json!("0.5g"), json!("64 MB"), json!("1b"), json!("7")],
            vec![json!("64Mi"), json!("-1"), json!("1."), json!(".5g"), json!(""), json!(1.5), json!("m")],
        ),
        (
            "dns_opt",
            vec![json!([]), json!(["a", "b"])],
            vec![json!("a"), json!({ "a": "b" }), json!(["a", "a"]), json!([1])],
        ),
        ("dns", vec![json!("a"), json!(["a"])], vec![json!(["a", "a"]), json!(1)]),
        ("group_add", vec![json!([1, "a"])], vec![json!(["a", "a"]), json!([true]), json!([1, 1])]),
        (
            "sysctls",
            vec![json!({ "a": "1" }), json!(["a=1", "b="])],
            vec![json!({ "a": 1 }), json!(["a"]), json!({ "<<": "1" })],
        ),
        (
            "device_read_bps",
            vec![json!({ "/dev/sda": 1 }), json!({ "/dev/sda": "1" }), json!(["/dev/sda:1"])],
            vec![
                json!(["/dev/sda"]),
                json!(["/dev/sda:1m"]),
                json!({ "/dev/sda:1": 1 }),
                json!({ "a": true }),
            ],
        ),
        (
            "blkio_weight_device",
            vec![json!(["/dev/sda:500"])],
            vec![json!(["/dev/sda"]), json!(["/dev/sda:70000"])],
        ),
        (
            "ulimits",
            vec![json!({ "nofile": 1, "memlock": { "soft": -1, "hard": -1 } })],
            vec![
                json!({ "nofile": "1" }),
                json!({ "nofile": { "soft": 1 } }),
                json!({ "no_file": 1 }),
                json!([1]),
            ],
        ),
        (
            "logging",
            vec![json!({ "driver": "x", "options": { "a": 1, "b": "c", "d": true } }), json!({})],
            vec![json!({ "drivers": "x" }), json!({ "options": ["a"] }), json!({ "options": { "a": null } })],
        ),
        (
            "scale_policy",
            vec![json!({ "min": 1, "max": "3", "increment": 1 })],
            vec![json!({ "max": 3 }), json!({ "min": "0x1" }), json!({ "min": 1, "by": 2 })],
        ),
        (
            "lb_config",
            vec![
                json!({ "port_rules": [{ "hostname": "a", "path": "/b", "target_port": 1, "backend_name": "c" }] }),
            ],
            vec![
                json!({ "port_rules": [{ "source_port": 80, "target_port": 1 }] }),
                json!({ "port_rules": [{ "hostname": "007" }] }),
                json!({ "port_rules": [{ "target_port": 0 }] }),
                json!({ "port_rules": {} }),
                json!({ "certs": [] }),
            ],
        ),
        (
            "labels",
            vec![
                json!({ "io.rancher.container.create_agent": "true" }),
                json!({ "io.rancher.scheduler.affinity:container": "a" }),
            ],
            vec![
                json!({ "team": "a" }),
                json!({ "io.rancher.sidekicks": "a" }),
                json!({ "io.rancher.scheduler.global": "true" }),
                json!({ "io.rancher.container.start_once": "true" }),
                json!({ "io.paas.x": "a" }),
                json!({ "io.rancher.container.create_agent": true }),
            ],
        ),
        (
            "network_mode",
            vec![json!("none"), json!("bridge"), json!("ipsec")],
            vec![json!("host"), json!("managed"), json!(""), json!("container:"), json!("a b")],
        ),
        (
            "restart",
            vec![json!("no"), json!("always"), json!("unless-stopped"), json!("on-failure:3")],
            vec![json!("on-failure"), json!("never"), json!("on-failure:x")],
        ),
        (
            "storage_driver",
            vec![json!({ "name": "a", "x": null })],
            vec![json!({ "name": "007" }), json!("a")],
        ),
        ("disks", vec![json!([{ "name": "a" }])], vec![json!(["a"]), json!({})]),
        (
            "metadata",
            vec![json!({ "a": [null, { "b": 1.5 }] })],
            vec![
                json!({ "a": { "": 1 } }),
                json!({ "<<": {} }),
                json!({ "a": [{ "with_references": [] }] }),
                json!([]),
            ],
        ),
    ] {
        for value in sound {
            assert_eq!(faults(key, &value), [""; 0], "{key}: {value}");
        }
        for value in wrong {
            assert_eq!(faults(key, &value).len(), 1, "{key}: {value}: {:?}", faults(key, &value));
        }
    }
}
