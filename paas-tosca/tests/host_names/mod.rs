//! Host names of services in the values of others.

use crate::templates::{options, whole};
use paas_core::{
    application::{Segment, Text, Value},
    release::{LinkStrategy, RancherVersion, Release, Target},
};
use paas_tosca::{Options, Source, rancher, translate};

fn source(name: &str, text: &str) -> Source {
    Source::new(name, text)
}

fn found(target: &Target) -> Release {
    let source = source("found.yaml", include_str!("found.yaml"));
    let translated = translate(&source, &options(), target);
    translated.release.unwrap_or_else(|| panic!("{}", whole(&translated.diagnostics)))
}

/// `docker-compose.yml` of the network `dmz`.
fn dmz(release: &Release) -> String {
    let files = rancher::render(release);
    files.into_iter().find(|files| files.environment == "dmz").unwrap().docker_compose
}

#[test]
fn each_reader_gets_the_name_that_it_knows() {
    insta::assert_snapshot!(dmz(&found(&Target::default())));
}

#[test]
fn the_name_is_the_same_however_environments_are_linked() {
    let mut by_links = Target::default();
    by_links.rancher = RancherVersion::new(1, 5, 0);
    by_links.link_strategy = Some(LinkStrategy::EnvironmentLinks);
    let text = dmz(&found(&by_links));
    assert!(text.contains("\"DB_HOST\": \"books\"") && text.contains("- \"ledger:books\""), "{text}");
}

#[test]
fn a_release_keeps_the_references() {
    let release = found(&Target::default());
    let api = release.service("api").and_then(|(_, service)| service.container()).unwrap();
    let literal = |text: &str| Segment::Literal(text.to_owned());
    assert_eq!(
        api.environment["DB_URL"],
        Text::from_segments([
            literal("jdbc:postgresql://app:"),
            Segment::Secret { secret: "db_password".to_owned() },
            literal("@"),
            Segment::host_of("ledger"),
            literal(":5432/books?cost=$1"),
        ])
    );
    let text = serde_json::to_string(&release).unwrap();
    let read: Release = serde_json::from_str(&text).unwrap();
    assert_eq!(read, release);
    assert_eq!(rancher::render(&read), rancher::render(&release));
}

#[test]
fn releases_of_before_are_read() {
    let old = r#"{ "with_secrets": [ "a:", { "secret": "pw" } ] }"#;
    let text: Text = serde_json::from_str(old).unwrap();
    assert_eq!(text.to_string(), "a:***");
}

#[test]
fn outputs_say_what_they_wait_for() {
    let outputs = found(&Target::default()).outputs;
    let entry = outputs.iter().find(|output| output.name == "entry").unwrap();
    assert_eq!(entry.value, Value::Text(Text::from_segments([Segment::host_of("front")])));
    assert_eq!(entry.pending, None);
    let id = outputs.iter().find(|output| output.name == "id").unwrap();
    assert_eq!((&id.value, id.pending.as_deref()), (&Value::Null, Some("the attribute `tosca_id` of `api`")));
}

#[test]
fn what_nobody_knows_is_diagnosed() {
    let source = source("not_found.yaml", include_str!("not_found.yaml"));
    let translated = translate(&source, &options(), &Target::default());
    assert!(translated.release.is_none());
    insta::assert_snapshot!(whole(&translated.diagnostics));
}

/// Two containers by normative types, one of which asks for the other's address.
fn normative(host: &str, asks: &str) -> Source {
    let two = match host {
        "two" => "    two: { type: tosca.nodes.Compute, requirements: [ { dependency: net } ] }\n",
        _ => "",
    };
    let text = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\n\
         topology_template:\n\
         \x20 node_templates:\n\
         \x20   net: {{ type: paas.nodes.Network }}\n\
         \x20   one: {{ type: tosca.nodes.Compute, requirements: [ {{ dependency: net }} ] }}\n\
         {two}\
         \x20   db:\n\
         \x20     type: tosca.nodes.SoftwareComponent\n\
         \x20     artifacts: {{ image: {{ type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'db:1' }} }}\n\
         \x20     requirements: [ {{ host: one }}, {{ dependency: net }} ]\n\
         \x20   web:\n\
         \x20     type: tosca.nodes.SoftwareComponent\n\
         \x20     artifacts: {{ image: {{ type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'web:1' }} }}\n\
         \x20     requirements: [ {{ host: {host} }}, {{ dependency: net }} ]\n\
         \x20     interfaces: {{ Standard: {{ create: {{ inputs: {{ DB: {asks} }} }} }} }}\n"
    );
    Source::new("shop.yaml", text)
}

#[test]
fn addresses_of_hosts_are_the_names_of_what_runs_there() {
    let asked = |host: &str, asks: &str| {
        let mut options = Options::default();
        (options.name, options.policy) = (Some("shop".to_owned()), self::options().policy);
        let translated = translate(&normative(host, asks), &options, &Target::default());
        let codes: Vec<_> = translated.diagnostics.iter().map(|it| it.code.as_str()).collect();
        let release = translated.release.ok_or_else(|| codes.join(" "))?;
        let web = release.service("web").and_then(|(_, service)| service.container()).unwrap();
        Ok::<_, String>(web.environment["DB"].to_string())
    };
    let of_db = "{ get_attribute: [ one, private_address ] }";
    assert_eq!(asked("two", of_db).as_deref(), Ok("db"));
    // Two run there, and nobody knows which of them is meant.
    assert_eq!(asked("one", of_db), Err("app.not_known_yet".to_owned()));
    assert_eq!(asked("two", "{ get_attribute: [ HOST, private_address ] }").as_deref(), Ok("web"));
    assert_eq!(asked("two", "{ get_attribute: [ one, endpoint, ip_address ] }").as_deref(), Ok("db"));
    for unknown in ["[ one, public_address ]", "[ db, state ]"] {
        let asks = format!("{{ get_attribute: {unknown} }}");
        assert_eq!(asked("two", &asks), Err("app.not_known_yet".to_owned()), "{unknown}");
    }
}
