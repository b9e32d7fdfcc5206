//! One bad entry of a list is lost, at its place, and nothing else.

use super::{container, import, taken};
use paas_core::application::{Propagation, Text, Value};
use paas_tosca::compose::{Imported, Kept};

/// What is lost: the text at its place, and why.
fn lost(imported: &Imported, docker: &str) -> Vec<String> {
    let none = imported.losses.iter().filter(|loss| loss.kept == Kept::None);
    none.map(|loss| {
        let place = &loss.place;
        format!("{}: {}", &docker[place.start.offset as usize..place.end.offset as usize], loss.why)
    })
    .collect()
}

/// Both services are there, and just this is lost of the first.
fn loses(entry: &str, expected: &str) -> Imported {
    let docker =
        format!("version: '2'\nservices:\n  web: {{ image: 'a:1', {entry} }}\n  db: {{ image: 'b:1' }}\n");
    let (application, imported) = taken(&docker);
    assert_eq!(application.services.len(), 2, "{entry}");
    assert_eq!(lost(&imported, &docker), [expected], "{entry}");
    imported
}

#[test]
fn links_with_a_bad_alias() {
    let why = "is no name of a host: letters, digits and dashes";
    for alias in ["c_d", "b.c", "-x", "é"] {
        let entry = format!("links: [ 'db:{alias}', db ]");
        let imported = loses(&entry, &format!("'db:{alias}': `{alias}` {why}"));
        let application = imported.application.unwrap();
        let names: Vec<_> =
            application.services[0].links.iter().map(paas_core::application::Link::name).collect();
        assert_eq!(names, ["db"]);
    }
    loses("depends_on: [ db, gone ]", "gone: the stack does not have `gone`");
    // Names of hosts are the same in capitals.
    let (application, _) =
        taken("web: { image: 'a:1', links: [ 'x:Db', 'y:db' ] }\nx: { image: 'b:1' }\ny: { image: 'b:1' }");
    assert_eq!(application.services[0].links.len(), 1);
}

#[test]
fn entries_that_no_container_could_have() {
    for (entry, expected) in [
        ("environment: { '<<': a, B: b }", "a: `<<` cannot be the name of an environment variable"),
        ("environment: [ '=x', B=b ]", "'=x': `` cannot be the name of an environment variable"),
        ("labels: [ '<<=x', b=c ]", "'<<=x': it cannot be the name of a label"),
        ("cap_add: [ NET_ADMIN, X ]", "X: `X` is no capability of Linux"),
        ("cap_drop: [ ALL, CAP_Y ]", "CAP_Y: `CAP_Y` is no capability of Linux"),
        ("devices: [ /dev/sda, sdb ]", "sdb: `sdb` is no device"),
        ("security_opt: [ 'label:disable', x ]", "x: `x` is no security option"),
        ("volumes: [ /a, b ]", "b: it is mounted at `b`, which is no absolute path"),
        ("volumes: [ /a, '/h/../x:/b' ]", "'/h/../x:/b': `/h/../x` is no path of a host"),
        ("volumes: [ 'v:/a', '/h:/a/' ]", "'/h:/a/': something else is mounted at `/a/` already"),
        ("secrets: [ s, { target: t } ]", "{ target: t }: the secret has no name"),
        (
            "secrets: [ s, { source: o, target: s } ]",
            "{ source: o, target: s }: there is another secret at `s` already",
        ),
        ("device_read_bps: [ '/dev/a:1', x ]", "x: `/device_read_bps/1` must be `device:rate`, but is `x`"),
        ("ulimits: { nofile: 5, x: { soft: 1 } }", "{ soft: 1 }: `/ulimits/x` has no `hard`"),
        ("cpu_shares: -1", "-1: `cpu_shares` must be from 0 to 9007199254740991, but is -1"),
    ] {
        loses(entry, expected);
    }
}

/// The answers of what is left stay where they were.
#[test]
fn answers_stay_with_their_entries() {
    let docker = "web: { image: 'a:1', devices: [ x, '${D}' ], volumes: [ 'b:c', '${V}', '/${H}:/h' ], blkio_weight_device: [ x, '/dev/a:${N}' ] }";
    let answers = [("D", "/dev/sda"), ("V", "/v"), ("H", "h"), ("N", "5")];
    let imported = import(docker, "", &answers);
    let template = imported.template().unwrap();
    for line in [
        "devices: [ { get_input: D } ]",
        "anonymous_volumes: [ { get_input: V } ]",
        "host_path: { concat: [ /, { get_input: H } ] }",
        "/blkio_weight_device/0: { concat: [ '/dev/a:', { get_input: 'N' } ] }",
    ] {
        assert!(template.contains(line), "{line}\n{template}");
    }
}

#[test]
fn options_of_volumes() {
    let docker = "web: { image: 'a:1', volumes: [ '/h:/h:shared,z', 'd:/d:ro,Z' ] }";
    let (application, imported) = taken(docker);
    let web = container(&application, "web");
    assert_eq!(web.security.host_mounts[0].propagation, Some(Propagation::Shared));
    assert!(web.mounts[0].read_only);
    let told = imported.losses.iter().filter(|loss| loss.why.contains("SELinux"));
    assert_eq!(told.count(), 2, "{:?}", imported.losses);
}

#[test]
fn volumes_that_are_not_the_tenants() {
    let docker = "
version: '2'
services: { web: { image: 'a:1', volumes: [ 'a:/a', 'b:/b', 'c:/c' ] } }
volumes:
  a: { per_container: true }
  b: { external: { name: other } }
  c: { external: { name: c }, driver: rancher-nfs }
";
    let (application, imported) = taken(docker);
    let existing: Vec<_> = application.volumes.iter().map(|volume| volume.existing).collect();
    assert_eq!(existing, [false, true, true]);
    assert_eq!(
        lost(&imported, docker),
        [
            "per_container: Rancher gives each container a volume of its own; a volume of the tenant is one for all"
        ]
    );
    let of = |key: &str| {
        imported
            .losses
            .iter()
            .filter(|loss| loss.key == key)
            .map(|loss| loss.why.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("volumes.b.external"),
        ["Rancher does not read this name: it looks for a volume called `b`, and so does the application"]
    );
    assert!(of("volumes.c").is_empty() && of("volumes.c.external").is_empty());
}

/// As a list or as a map, in one file or in both.
#[test]
fn kernel_parameters() {
    let rancher = "web: { sysctls: { net.a: '2', net.b: '3' } }";
    let imported = import("web: { image: 'a:1', sysctls: [ net.a=1, net.c=4 ] }", rancher, &[]);
    let web = container(imported.application.as_ref().unwrap(), "web");
    let texts = [("net.a", "2"), ("net.b", "3"), ("net.c", "4")];
    let expected = texts.map(|(key, text)| (key.to_owned(), Value::Text(Text::from(text))));
    assert_eq!(web.rancher["sysctls"], Value::Map(expected.into()));
    // The executor makes no text of a number here.
    let imported = import("web: { image: 'a:1', sysctls: { net.a: 1 } }", "", &[]);
    assert_eq!(imported.diagnostics.iter().next().unwrap().code.as_str(), "compose.shape");
}

#[test]
fn an_empty_command_is_that_of_the_image() {
    let (application, imported) = taken("web: { image: 'a:1', command: '', entrypoint: '' }");
    let web = container(&application, "web");
    assert!(web.command.is_empty() && web.entrypoint.is_empty());
    assert!(imported.losses.iter().all(|loss| loss.kept == Kept::Full && loss.why.contains("the image has")));
}

#[test]
fn a_colon_needs_a_space_after_it() {
    let imported = import("web: { image: 'a:1', scale:2 }", "", &[]);
    let problem = imported.diagnostics.iter().next().unwrap();
    assert_eq!(problem.help.as_deref(), Some("write `scale: 2` with a space after the colon"));
    let (_, imported) = taken("web: { image: 'a:1', environment: { A:1 } }");
    assert!(imported.losses[0].why.contains("write `A: 1` with a space"), "{:?}", imported.losses);
}

#[test]
fn what_the_executor_refuses_of_keys() {
    for entry in ["memswap_limit: 1g", "extra_hosts: { a: 192.0.2.1 }", "dns_opt: { a: b }"] {
        let imported = import(&format!("web: {{ image: 'a:1', {entry} }}"), "", &[]);
        let codes: Vec<_> = imported.diagnostics.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["compose.shape"], "{entry}");
    }
}

/// A password in the name of a label would be shown, also where two lists become a map.
#[test]
fn passwords_are_no_names() {
    let questions = ".catalog: { questions: [ { variable: PW, type: password } ] }\nweb: { labels: [ b=c ] }";
    for entry in ["labels: [ '${PW}=x' ]", "labels: [ '${PW}' ]", "sysctls: [ 'net.${PW}=1' ]"] {
        for answer in ["abc", "TOP=SECRET", "TOP SECRET"] {
            let imported = import(&format!("web: {{ image: 'a:1', {entry} }}"), questions, &[("PW", answer)]);
            assert!(imported.application.is_none(), "{entry}");
            let codes: Vec<_> = imported.diagnostics.iter().map(|it| it.code.as_str()).collect();
            assert!(codes.contains(&"compose.secret"), "{entry}: {codes:?}");
            let shown = format!("{:?} {:?} {:?}", imported.diagnostics, imported.losses, imported.extras);
            assert!(!shown.contains("abc") && !shown.contains("SECRET"), "{entry}: {shown}");
        }
    }
    // In what only Rancher gets a password stays a reference, however deep it is.
    let docker = "web: { image: 'a:1', metadata: { db: { password: [ '${PW}', 'x${PW}' ] } }, logging: { driver: d, options: { token: '${PW}' } } }";
    let docker = format!("version: '2'\nservices: {{ {docker} }}");
    let questions = ".catalog: { questions: [ { variable: PW, type: password } ] }";
    let imported = import(&docker, questions, &[("PW", "TOPSECRET")]);
    assert_eq!(imported.application.as_ref().unwrap().secrets, ["PW"]);
    let shown = format!("{:?} {}", imported, imported.template().unwrap());
    assert!(!shown.contains("TOPSECRET"), "{shown}");
}
