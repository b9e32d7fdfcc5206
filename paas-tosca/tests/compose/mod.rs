//! Stacks of Rancher: what comes of each key, and that no text brings the reader down.

mod entries;
mod numbers;
mod places;
mod questions;

use paas_core::{
    application::{AffinityRule, Application, Container, ExternalService, ServiceKind, Text, Value},
    release::{Release, Target},
};
use paas_tosca::{
    Source,
    compose::{self, Imported, Kept, Options, Stack},
    rancher,
};
use proptest::prelude::*;
use std::fmt::Write as _;

fn import(docker: &str, rancher: &str, answers: &[(&str, &str)]) -> Imported {
    let mut stack = Stack::new(Source::new("docker-compose.yml", docker));
    stack.rancher_compose = (!rancher.is_empty()).then(|| Source::new("rancher-compose.yml", rancher));
    let mut options = Options::new("dmz");
    options.answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    compose::import(&stack, &options)
}

fn taken(docker: &str) -> (Application, Imported) {
    let imported = import(docker, "", &[]);
    let shown: Vec<_> = imported.diagnostics.iter().map(ToString::to_string).collect();
    (imported.application.clone().unwrap_or_else(|| panic!("{shown:#?}")), imported)
}

fn container(application: &Application, name: &str) -> Container {
    let service = application.services.iter().find(|service| service.name == name).unwrap();
    service.container().unwrap().clone()
}

fn losses(imported: &Imported) -> Vec<(Kept, &str)> {
    imported.losses.iter().map(|loss| (loss.kept, loss.key.as_str())).collect()
}

#[test]
fn version_one_is_what_version_two_is() {
    let one = "web: { image: 'a:1', net: host, log_driver: json-file, log_opt: { max-size: 1m } }";
    let two = "version: '2'\nservices:\n  web: { image: 'a:1', network_mode: host, logging: { driver: json-file, options: { max-size: 1m } } }";
    assert_eq!(taken(one).0, taken(two).0);
}

#[test]
fn the_second_file_goes_over_the_first() {
    let docker = "web: { image: 'a:1', command: [ a ], labels: { x: '1', y: '2' }, environment: { A: '1' } }";
    let rancher =
        "web: { image: 'a:2', command: [ b ], labels: { y: '3' }, environment: [ A=2, B=3 ], scale: 3 }";
    let imported = import(docker, rancher, &[]);
    let web = container(imported.application.as_ref().unwrap(), "web");
    assert_eq!((web.image.as_str(), web.scale), ("a:2", 3));
    assert_eq!(web.command, [Text::from("a"), Text::from("b")]);
    let pairs = |map: &std::collections::BTreeMap<String, Text>| {
        map.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((pairs(&web.labels), pairs(&web.environment)), ("x=1 y=3".to_owned(), "A=2 B=3".to_owned()));
}

#[test]
fn what_runs_beside_each_other() {
    let (application, _) = taken(
        "
main:
  image: a:1
  scale: 3
  volumes_from: [ data ]
  labels: { io.rancher.sidekicks: 'data, proxy' }
data: { image: 'b:1', volumes: [ /data ], labels: { io.rancher.container.start_once: 'true' } }
proxy: { image: 'c:1', volumes_from: [ main, data ], net: 'container:main' }
",
    );
    let [main, data, proxy] = ["main", "data", "proxy"].map(|name| container(&application, name));
    assert_eq!(main.volumes_from, ["data"]);
    assert!(data.run_once && data.scale == 3 && data.anonymous_volumes == ["/data"]);
    let sidekick = proxy.sidekick.unwrap();
    assert!(sidekick.of == "main" && sidekick.volumes_from && sidekick.share_network);
    assert_eq!(proxy.volumes_from, ["data"]);
}

#[test]
fn labels_that_direct_rancher() {
    let (application, imported) = taken(
        "
web:
  image: a:1
  labels:
    team: blue
    io.rancher.scheduler.global: 'true'
    io.rancher.scheduler.affinity:host_label_soft_ne: zone=x, rack=y
    io.rancher.container.create_agent: 'true'
",
    );
    let web = container(&application, "web");
    assert!(web.everywhere);
    assert_eq!(web.labels.keys().collect::<Vec<_>>(), ["team"]);
    assert_eq!(web.affinities.len(), 2);
    assert!(web.affinities.iter().all(|affinity| affinity.rule == AffinityRule::ShouldNot));
    let Some(Value::Map(labels)) = web.rancher.get("labels") else { panic!("{:?}", web.rancher) };
    assert_eq!(labels.keys().collect::<Vec<_>>(), ["io.rancher.container.create_agent"]);
    assert!(losses(&imported).contains(&(Kept::Partial, "labels.io.rancher.container.create_agent")));
}

#[test]
fn services_that_are_no_containers() {
    let (application, imported) = taken(
        "
version: '2'
services:
  front:
    image: rancher/load-balancer-service
    ports: [ '80:8080', '443:8443' ]
    links: [ web, old ]
    default_cert: shop
    labels:
      io.rancher.loadbalancer.target.web: a.bank.test:80/x=9000
      io.rancher.loadbalancer.ssl.ports: '443'
  web: { image: 'a:1', links: [ 'db:database' ] }
  old: { image: 'a:0' }
aliases:
  db: { services: [ postgres ] }
external_services:
  postgres: { external_ips: [ 192.0.2.7 ] }
",
    );
    let kinds = application.services.iter().map(|service| match &service.kind {
        ServiceKind::LoadBalancer(it) => it.routes.iter().fold(String::new(), |mut text, route| {
            let (host, path) = (route.host.as_deref().unwrap_or("*"), route.path.as_deref().unwrap_or(""));
            let protocol = route.protocol.as_str();
            let _ =
                write!(text, "{protocol} {}:{host}{path}>{}:{} ", route.listen, route.service, route.port);
            text
        }),
        ServiceKind::External(ExternalService::Addresses(addresses)) => addresses.join(","),
        _ => service.links.iter().map(|link| format!("{} as {}", link.to, link.name())).collect(),
    });
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            "http 80:a.bank.test/x>web:9000 http 80:*>old:8080 https 443:*>old:8443 ",
            "postgres as database",
            "",
            "192.0.2.7",
        ]
    );
    assert!(losses(&imported).contains(&(Kept::Partial, "links")));
}

#[test]
fn every_problem_is_told_at_its_place() {
    let docker = "
web: { image: 'a:1', prots: [ 80 ], tty: 'yes', environment: { A: '$' } }
api: { image: 'a:1', ports: [ '80:' ], links: [ wbe ], command: \"a 'b\", labels: { io.rancher.sidekicks: none } }
";
    let imported = import(docker, "web: { mem_limit: 1Q }", &[("UNUSED", "1")]);
    let found: Vec<_> = imported.diagnostics.iter().map(ToString::to_string).collect();
    for (place, code) in [
        ("docker-compose.yml:2:22", "compose.unknown_key"),
        ("docker-compose.yml:2:42", "compose.shape"),
        ("docker-compose.yml:2:67", "compose.interpolation"),
        ("docker-compose.yml:3:31", "compose.value"),
        ("docker-compose.yml:3:49", "compose.reference"),
        ("rancher-compose.yml:1:19", "compose.value"),
    ] {
        assert!(
            found.iter().any(|it| it.starts_with(place) && it.contains(code)),
            "{place} {code}: {found:#?}"
        );
    }
    assert!(found.iter().any(|it| it.contains("compose.answer")), "{found:#?}");
    assert!(imported.application.is_none() && imported.template().is_none());
}

#[test]
fn answers_and_passwords_are_not_shown() {
    let docker =
        "web: { image: 'a:1', environment: { A: 'x${PASSWORD}' }, metadata: { key: '${PASSWORD}' } }";
    let rancher = ".catalog: { questions: [ { variable: PASSWORD, type: password, default: hunter2 } ] }";
    for answers in [&[][..], &[("PASSWORD", "hunter3")]] {
        let imported = import(docker, rancher, answers);
        let application = imported.application.clone().unwrap();
        assert_eq!(application.secrets, ["PASSWORD"]);
        let release = Release::plan(application, &Target::default()).release.unwrap();
        let files = rancher::render(&release);
        assert!(files[0].docker_compose.contains("\"x${PASSWORD}\""));
        assert!(
            files[0].rancher_compose.contains("\"key\": \"${PASSWORD}\""),
            "{}",
            files[0].rancher_compose
        );
        let template = imported.template().unwrap();
        for shown in [format!("{:?}", imported.application), format!("{:?} {template}", imported.extras)] {
            assert!(!shown.contains("hunter"), "{shown}");
        }
    }
    let mut options = Options::new("dmz");
    options.answers.insert("PASSWORD".to_owned(), "hunter4".to_owned());
    assert!(!format!("{options:?}").contains("hunter"));
}

/// A password that would have to stand in clear text is refused, and shown nowhere.
#[test]
fn passwords_that_cannot_stay_secret_are_refused() {
    let rancher = ".catalog: { questions: [ { variable: PW, type: password } ] }";
    for docker in [
        "web: { image: 'a:1', command: 'run --pw {{.Values.PW}}' }",
        "web: { image: 'a:1', command: 'run --pw ${PW} -x' }",
        "web: { image: 'a:1', labels: { 'io.rancher.scheduler.affinity:host_label': 'a=${PW}' } }",
        "web: { image: 'a:1', volumes: [ 'd:/x:${PW}' ] }",
        "web: { image: 'a:1', net: '${PW}' }",
        "web: { image: 'a:1', links: [ '${PW}' ] }",
        "web: { image: 'a:1', environment: [ '${PW}' ] }",
        "web: { image: 'a:1', ports: [ '${PW}' ] }",
        "web: { image: 'a:1', health_check: { port: 80, request_line: 'GET /${PW} HTTP/1.0' } }",
        "web: { image: 'a:1', scael: '${PW}', mem_limit: '${PW}', user: '${PW}' }",
    ] {
        let imported = import(docker, rancher, &[("PW", "TOP SECRET")]);
        assert!(imported.application.is_none(), "{docker}");
        let found: Vec<_> = imported.diagnostics.iter().map(|it| it.code.as_str()).collect();
        assert!(found.contains(&"compose.secret"), "{docker}: {found:?}");
        let shown = format!("{:?} {:?} {:?}", imported.diagnostics, imported.losses, imported.sources);
        assert!(!shown.contains("SECRET"), "{docker}: {shown}");
    }
}

#[test]
fn what_the_executor_reads_in_its_own_way() {
    let (application, _) = taken(
        "
version: '2'
services:
  web:
    image: a:1
    command: run a # b 'c
    ports: [ '8080:80' ]
    expose: [ '80' ]
    networks: { a: { aliases: [ x ] } }
    secrets: [ { source: key, target: k, mode: 0400 }, { source: other, target: o } ]
secrets: { other: { external: real } }
",
    );
    let web = container(&application, "web");
    assert_eq!(web.command, [Text::from("run"), Text::from("a")]);
    assert_eq!(web.ports.len(), 1);
    let secrets: Vec<_> = web
        .secret_files
        .iter()
        .map(|it| (it.secret.as_str(), it.file.as_str(), it.mode.as_deref()))
        .collect();
    assert_eq!(secrets, [("key", "k", Some("0400")), ("real", "o", None)]);

    // Zeros in the second file take nothing back.
    let docker = "web: { image: 'a:1', mem_limit: 512m, stop_grace_period: 30s, cpu_quota: 50000, scale: 3 }";
    let rancher = "web: { mem_limit: '0', stop_grace_period: 0s, cpu_quota: '0', scale: '0' }";
    let imported = import(docker, rancher, &[]);
    let web = container(imported.application.as_ref().unwrap(), "web");
    assert_eq!((web.scale, web.stop_grace_ms), (3, Some(30_000)));
    assert_eq!(web.resources.memory_limit_bytes, Some(512 << 20));
    assert_eq!(web.resources.cpu_limit_millis, Some(500));

    // Fields of questions are texts.
    let questions =
        ".catalog: { questions: [ { variable: VER, type: enum, options: [ 1.10, 1.20 ], default: 1.10 } ] }";
    let imported = import("web: { image: 'a:${VER}' }", questions, &[]);
    assert_eq!(container(imported.application.as_ref().unwrap(), "web").image, "a:1.10");
}

/// What no template could say is told when the stack is read.
#[test]
fn an_application_is_one_that_a_template_can_say() {
    for docker in [
        "web: { image: 'a:1', hostname: 'a b' }",
        "web: { image: 'a:1', working_dir: x }",
        "web: { image: 'a:1', user: a b }",
        "web: { image: 'a:1', mem_limit: 1k }",
    ] {
        let imported = import(docker, "", &[]);
        assert!(imported.application.is_none(), "{docker}");
        let problem = imported.diagnostics.iter().find(|it| it.is_error()).unwrap();
        assert_eq!(problem.place().unwrap().to_string(), "docker-compose.yml:1:1", "{problem}");
    }
}

#[test]
fn ports_do_not_multiply_without_end() {
    let mut text = "web:\n  image: a:1\n  expose:\n".to_owned();
    for first in 1..2_000 {
        let _ = writeln!(text, "  - '{first}-{}'", first + 998);
    }
    let imported = import(&text, "", &[]);
    assert!(imported.application.is_none());
    assert!(imported.diagnostics.iter().any(|it| it.message.contains("more than 20000 ports")));
}

/// More services and volumes than anybody has: what is done for each does not grow with their number.
#[test]
fn many_services_and_volumes() {
    let count = 2_500;
    let mut docker = "version: '2'\nservices:\n".to_owned();
    let mut rancher = docker.clone();
    let mut volumes = "volumes:\n".to_owned();
    for index in 0..count {
        let _ = writeln!(docker, "  s{index}: {{ image: 'a:1', volumes: [ 'v{index}:/v' ] }}");
        let _ = writeln!(rancher, "  s{index}: {{ scale: 2 }}");
        let _ = writeln!(volumes, "  v{index}: {{ driver: rancher-nfs, external: true }}");
    }
    let imported = import(&(docker + &volumes), &rancher, &[]);
    let application = imported.application.unwrap();
    assert_eq!((application.services.len(), application.volumes.len()), (count, count));
    assert!(application.services.iter().all(|service| service.container().unwrap().scale == 2));
    assert!(imported.losses.is_empty(), "{:?}", imported.losses.first());
}

#[test]
fn aliases_of_aliases_end() {
    let docker = "
version: '2'
services: { web: { image: 'a:1', links: [ x ] } }
aliases: { x: { services: [ y ] }, y: { services: [ x ] } }
";
    let imported = import(docker, "", &[]);
    assert!(imported.diagnostics.iter().any(|it| it.code.as_str() == "compose.reference"));
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z${}:/'\" ,=*&#|>!%@.\\[\\]\\-0-9\n\t]{0,12}",
        Just("${A}".to_owned()),
        Just("web".to_owned()),
        Just("{{.Values.A}}".to_owned()),
        "\\PC{0,6}",
    ]
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

const KEYS: [&str; 16] = [
    "image",
    "command",
    "ports",
    "expose",
    "volumes",
    "volumes_from",
    "links",
    "labels",
    "environment",
    "net",
    "health_check",
    "mem_limit",
    "restart",
    "lb_config",
    "metadata",
    "secrets",
];

proptest! {
    /// Whatever the texts are: it ends, and what is taken can be planned and written.
    #[test]
    fn any_text_is_read_or_refused(docker in "\\PC{0,200}", rancher in word()) {
        import(&docker, &rancher, &[("A", "x")]);
    }

    #[test]
    fn any_values_are_read_or_refused(
        services in proptest::collection::vec(
            proptest::collection::vec((0..KEYS.len(), 0..4_u8, proptest::collection::vec(word(), 0..4)), 0..5),
            1..4,
        ),
        answer in word(),
    ) {
        let mut text = String::new();
        for (number, entries) in services.iter().enumerate() {
            let name = ["web", "api", "db"][number];
            let _ = writeln!(text, "{name}:\n  hostname: h");
            for (key, shape, words) in entries {
                let value = match shape {
                    0 => quoted(words.first().map_or("", String::as_str)),
                    1 => format!("[ {} ]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ")),
                    2 => {
                        let pairs = words.iter().map(|word| format!("{}: {}", quoted(word), quoted(word)));
                        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
                    }
                    _ => "7".to_owned(),
                };
                let _ = writeln!(text, "  {}: {value}", KEYS[*key]);
            }
        }
        let imported = import(&text, "", &[("A", &answer)]);
        if let Some(application) = imported.application.clone() {
            let release = Release::plan(application, &Target::default()).release;
            prop_assert!(release.is_some());
            prop_assert!(imported.template().is_some());
        }
        for diagnostic in &imported.diagnostics {
            prop_assert!(!diagnostic.message.contains('\n'), "{diagnostic}");
        }
    }
}
