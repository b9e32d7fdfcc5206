//! Containers by normative types.

use paas_core::{diagnostic::Code, release::Target};
use paas_tosca::{Options, Source, check, translate};

fn template(artifact: &str, interface: &str, requirement: &str) -> Source {
    let text = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3
repositories:
  registry: {{ url: 'https://registry.bank.test:5000/team/' }}
  hub: https://registry.hub.docker.com/
topology_template:
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    disk: {{ type: tosca.nodes.BlockStorage, properties: {{ size: 1 GB }} }}
    web:
      type: tosca.nodes.Container.Application.Docker
      artifacts:
        image: {{ type: tosca.artifacts.Deployment.Image.Container.Docker, {artifact} }}
      interfaces: {{ Standard: {{ create: {{ inputs: {{ {interface} }} }} }} }}
      requirements:
        - host: docker
        - {requirement}
    docker: {{ type: tosca.nodes.Container.Runtime, requirements: [ {{ host: server }} ] }}
    server: {{ type: tosca.nodes.Compute }}
"
    );
    Source::new("t.yaml", text)
}

fn errors(source: &Source) -> Vec<String> {
    let found = translate(source, &Options::default(), &Target::default()).diagnostics;
    found.iter().filter(|it| it.is_error()).map(|it| format!("{}: {}", it.code, it.message)).collect()
}

#[test]
fn repositories_stand_before_images_but_for_the_hub() {
    for (artifact, image) in [
        ("file: 'web:1', repository: registry", "registry.bank.test:5000/team/web:1"),
        ("file: 'web:1', repository: hub", "web:1"),
        ("file: 'registry.bank.test/web:1'", "registry.bank.test/web:1"),
    ] {
        let source = template(artifact, "", "network: dmz")
            .text()
            .replace("    disk: { type: tosca.nodes.BlockStorage, properties: { size: 1 GB } }\n", "");
        let source = Source::new("t.yaml", source);
        let release = translate(&source, &Options::default(), &Target::default()).release;
        let release = release.unwrap_or_else(|| panic!("{:?}", errors(&source)));
        assert_eq!(release.service("web").unwrap().1.container().unwrap().image, image);
    }
}

#[test]
fn what_cannot_be_is_told_with_what_to_add() {
    let wrong = |artifact, interface, requirement, said: &str| {
        let found = errors(&template(artifact, interface, requirement));
        assert!(found.iter().any(|found| found.contains(said)), "{said}: {found:?}");
    };
    wrong("file: 'web:1'", "", "dependency: server", "app.no_network: `web` is on no network");
    wrong("file: 'Web:1'", "", "network: dmz", "app.image_reference: `Web:1` is not a reference");
    wrong("file: 'web:1'", "'a=b': c", "network: dmz", "app.environment_name: `a=b` cannot be");
    wrong("file: 'web:1'", "LIST: [ 1 ]", "network: dmz", "app.environment_name: `LIST` is no single value");
    wrong(
        "file: 'web:1'",
        "",
        "network: dmz",
        "tosca.not_supported: nodes of type `tosca.nodes.BlockStorage`",
    );
}

#[test]
fn checking_takes_what_is_on_no_network_with_a_warning() {
    let text = template("file: 'web:1'", "", "dependency: server")
        .text()
        .replace("    disk: { type: tosca.nodes.BlockStorage, properties: { size: 1 GB } }\n", "");
    let checked = check(&Source::new("t.yaml", text), &Options::default());
    assert!(!checked.diagnostics.has_errors(), "{}", crate::templates::whole(&checked.diagnostics));
    assert!(checked.diagnostics.iter().any(|found| found.code == Code::NoNetwork));
}
