//! Every way to write an import.

use super::{checked, defines, messages, node, told};

#[test]
fn each_form_is_read() {
    let types = defines("a.B");
    for import in [
        "[ types/t.yaml ]",
        "[ ./types/../types/t.yaml ]",
        "[ { file: types/t.yaml } ]",
        "[ { file: types/t.yaml, namespace_uri: 'http://bank.test/ns' } ]",
        "[ named: types/t.yaml ]",
        "[ named: { file: types/t.yaml } ]",
        "[ paas-profile-1.0.yaml, types/t.yaml, types/t.yaml ]",
    ] {
        let template = format!("imports: {import}\n{}", node("a.B"));
        assert_eq!(told(&[("shop.yaml", &template), ("types/t.yaml", &types)]), [""; 0], "{import}");
    }
}

#[test]
fn the_profile_is_the_one_that_is_built_in() {
    let template = format!("imports: [ ../any/paas-profile-1.0.yaml ]\n{}", node("paas.nodes.Network"));
    assert_eq!(told(&[("shop.yaml", &template), ("paas-profile-1.0.yaml", "[ ]")]), [""; 0]);
    let template = format!(
        "imports: [ {{ file: paas-profile-1.0.yaml, namespace_prefix: p }} ]\n{}",
        node("p:paas.nodes.Network")
    );
    assert_eq!(told(&[("shop.yaml", &template)]), [""; 0]);
    let template =
        "imports: [ {file: paas-profile-1.0.yaml, namespace_prefix: p} ]\n".to_owned() + &node("p:Compute");
    assert_eq!(told(&[("shop.yaml", &template)]), ["shop.yaml:3:51 tosca.unknown_type"]);
}

#[test]
fn another_profile_is_told_which_there_is() {
    let checked = checked(&[("shop.yaml", "imports: [ paas-profile-2.0.yaml ]")]);
    let problem = checked.diagnostics.iter().next().expect("one");
    assert_eq!(problem.help.as_deref(), Some("the profile that is built in is `paas-profile-1.0.yaml`"));
}

#[test]
fn paths_are_relative_to_the_importing_file() {
    let files = [
        ("shop.yaml", &*format!("imports: [ a/one.yaml ]\n{}", node("b.B"))),
        ("a/one.yaml", "imports: [ ../b/two.yaml ]"),
        ("b/two.yaml", &*format!("imports: [ three.yaml ]\n{}", defines("b.B"))),
        ("b/three.yaml", ""),
    ];
    let files = files.map(|(path, text)| (path, text));
    assert_eq!(told(&files), [""; 0]);
}

#[test]
fn the_topology_of_an_imported_file_is_not_deployed() {
    let other = format!("{}{}", defines("a.B"), node("a.Nothing"));
    let template = format!("imports: [ t.yaml ]\n{}", node("a.B"));
    assert_eq!(told(&[("shop.yaml", &template), ("t.yaml", &other)]), [""; 0]);
}

#[test]
fn repositories_are_checked_and_known_by_name() {
    let template = "
repositories:
  good: https://git.bank.test/
  long: { description: x, url: 'https://git.bank.test/', credential: { token_type: password, token: x } }
  none: { description: x }
  list: [ ]
  cloud: http://169.254.169.254/latest
  bare: '[::ffff:169.254.169.254]/images'
  secret: { url: x, credential: { user: x } }
imports:
  - { file: a.yaml, repository: god }
  - { file: a.yaml, repository: none }
";
    assert_eq!(
        told(&[("shop.yaml", template)]),
        [
            "shop.yaml:6:3 tosca.missing_keyword",
            "shop.yaml:7:9 tosca.wrong_shape",
            "shop.yaml:8:10 tosca.import_refused",
            "shop.yaml:9:9 tosca.import_refused",
            "shop.yaml:10:21 tosca.missing_keyword",
            "shop.yaml:12:33 tosca.unknown_repository",
        ]
    );
}

#[test]
fn imported_files_are_held_to_the_same_rules() {
    let import = "imports: [ t.yaml ]";
    assert_eq!(
        told(&[
            ("shop.yaml", import),
            ("t.yaml", "node_typs: { }\nnode_types: { a.B: { derived_from: Nothing } }")
        ]),
        ["t.yaml:2:1 tosca.unknown_keyword", "t.yaml:3:36 tosca.unknown_type"]
    );
    // Its text is wrong: said where it is wrong, with the way that led there.
    assert_eq!(
        told(&[("shop.yaml", import), ("t.yaml", "imports: [ u.yaml ]"), ("u.yaml", "a: [")]),
        ["u.yaml:2:5 yaml.syntax < t.yaml:2 < shop.yaml:2"]
    );
    assert_eq!(
        messages(&[("shop.yaml", import), ("t.yaml", "imports: [ u.yaml ]"), ("u.yaml", "a: b")]),
        ["`a` is not a keyword of a template"]
    );
}

#[test]
fn a_dialect_is_named_where_it_is_imported_from() {
    use super::checked_with;
    use paas_tosca::{Source, resolve::InMemory};
    let files = InMemory::from_iter([
        ("nfv.yaml", "tosca_definitions_version: tosca_simple_profile_for_nfv_1_0_0\n"),
        ("new.yaml", "tosca_definitions_version: tosca_2_0\n"),
    ]);
    let template = format!("{}imports: [ nfv.yaml, new.yaml ]\n{}", super::VERSION, node("a.OfTheseMaybe"));
    let checked = checked_with(&Source::new("shop.yaml", template), std::sync::Arc::new(files));
    assert_eq!(super::shown(&checked), ["new.yaml:1:28 tosca.dialect", "nfv.yaml:1:28 tosca.dialect"]);
}

#[test]
fn an_imported_file_need_not_say_its_language() {
    use super::checked_with;
    use paas_tosca::{Source, resolve::InMemory};
    let files = InMemory::from_iter([("t.yaml", defines("a.B"))]);
    let template = format!("{}imports: [ t.yaml ]\n{}", super::VERSION, node("a.B"));
    let checked = checked_with(&Source::new("shop.yaml", template), std::sync::Arc::new(files));
    assert_eq!(super::shown(&checked), ["t.yaml:1:1 tosca.version_missing"]);
    assert!(!checked.diagnostics.has_errors());
}

#[test]
fn types_that_are_only_suggested_can_be_brought_along() {
    let docker = "
node_types:
  tosca.nodes.Container.Application.Docker: { derived_from: Root, properties: { own: { type: integer } } }
";
    let template = "
imports: [ t.yaml ]
topology_template:
  node_templates:
    n: { type: tosca.nodes.Container.Application.Docker, properties: { own: 1 } }
";
    assert_eq!(told(&[("shop.yaml", template), ("t.yaml", docker)]), [""; 0]);
}
