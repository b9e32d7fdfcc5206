//! What each file sees of the others.

use super::{checked, defines, node, told};

#[test]
fn a_prefix_is_the_only_way_to_its_names() {
    let types = defines("a.B");
    let with = |ty: &str| format!("imports: [ {{ file: t.yaml, namespace_prefix: p }} ]\n{}", node(ty));
    assert_eq!(told(&[("shop.yaml", &with("p:a.B")), ("t.yaml", &types)]), [""; 0]);
    let template = with("a.B");
    let files = [("shop.yaml", &*template), ("t.yaml", &*types)];
    assert_eq!(told(&files), ["shop.yaml:3:51 tosca.unknown_type"]);
    let problem = checked(&files).diagnostics.into_iter().next().expect("one");
    assert_eq!(problem.help.as_deref(), Some("did you mean `p:a.B`?"));
    assert_eq!(
        told(&[("shop.yaml", &with("q:a.B")), ("t.yaml", &types)]),
        ["shop.yaml:3:51 tosca.unknown_type"]
    );
}

#[test]
fn within_a_file_its_own_names_need_no_prefix() {
    let types = "
data_types: { a.D: { properties: { x: { type: integer } } } }
capability_types: { a.C: { derived_from: Root } }
node_types:
  a.Base: { derived_from: Root, properties: { d: { type: list, entry_schema: a.D } } }
  a.B: { derived_from: a.Base, capabilities: { c: a.C }, requirements: [ r: { capability: a.C, node: a.Base } ] }
";
    let template = "
imports: [ { file: t.yaml, namespace_prefix: p } ]
topology_template:
  node_templates:
    m: { type: 'p:a.B', properties: { d: [ { x: 1 } ] }, requirements: [ { r: { node: m, capability: 'p:a.C' } } ] }
    n: { type: 'p:a.B', properties: { d: [ { x: one } ] }, requirements: [ { r: { node: m, capability: a.C } } ] }
";
    assert_eq!(
        told(&[("shop.yaml", template), ("t.yaml", types)]),
        ["shop.yaml:7:49 tosca.wrong_type", "shop.yaml:7:104 tosca.unknown_capability"]
    );
}

#[test]
fn prefixes_add_up_along_the_way() {
    let two = format!("imports: [ {{ file: three.yaml, namespace_prefix: q }} ]\n{}", defines("two.T"));
    let three = defines("three.T");
    let told = |prefix: &str, ty: &str| {
        let template = format!("imports: [ {{ file: two.yaml{prefix} }} ]\n{}", node(ty));
        told(&[("shop.yaml", &template), ("two.yaml", &two), ("three.yaml", &three)]).len()
    };
    let p = ", namespace_prefix: p";
    assert_eq!(told(p, "p:two.T") + told(p, "p:q:three.T") + told("", "q:three.T") + told("", "two.T"), 0);
    for (prefix, ty) in
        [(p, "p:three.T"), (p, "q:three.T"), ("", "three.T"), (p, "p:q:two.T"), (p, "p:p:two.T")]
    {
        assert_eq!(told(prefix, ty), 1, "{ty}");
    }
}

#[test]
fn a_file_sees_only_what_it_imports_itself() {
    let template = "imports: [ a.yaml, b.yaml ]";
    let a = defines("a.A");
    let b = "node_types: { b.B: { derived_from: a.A } }";
    assert_eq!(
        told(&[("shop.yaml", template), ("a.yaml", &a), ("b.yaml", b)]),
        ["b.yaml:2:36 tosca.unknown_type"]
    );
}

#[test]
fn a_file_that_is_reached_twice_is_one() {
    let template = format!("imports: [ a.yaml, b/b.yaml ]\n{}", node("c.C"));
    let c = defines("c.C");
    let files = [
        ("shop.yaml", &*template),
        ("a.yaml", "imports: [ b/c.yaml ]"),
        ("b/b.yaml", "imports: [ c.yaml, ../a.yaml ]"),
        ("b/c.yaml", &*c),
    ];
    let checked = checked(&files);
    assert!(checked.diagnostics.is_empty(), "{:?}", super::shown(&checked));
    let names: Vec<_> = checked.sources.iter().map(|source| source.name().to_string()).collect();
    assert_eq!(names, ["shop.yaml", "a.yaml", "b/c.yaml", "b/b.yaml"]);
    assert!(checked.sources.text("b/c.yaml").is_some_and(|text| text.ends_with(&c)));
}

#[test]
fn two_types_of_one_name_are_told_once_with_both_places() {
    let one = defines("a.B");
    // By two imports.
    assert_eq!(
        told(&[("shop.yaml", "imports: [ one.yaml, two.yaml ]"), ("one.yaml", &one), ("two.yaml", &one)]),
        ["shop.yaml:2:22 tosca.import_conflict < one.yaml:2 < two.yaml:2"]
    );
    // By itself and an import.
    let own = format!("imports: [ one.yaml ]\n{one}");
    assert_eq!(
        told(&[("shop.yaml", &own), ("one.yaml", &one)]),
        ["shop.yaml:3:15 tosca.import_conflict < one.yaml:2"]
    );
    // In an imported file, and not again in what imports that.
    assert_eq!(
        told(&[("top.yaml", "imports: [ shop.yaml, one.yaml ]"), ("shop.yaml", &own), ("one.yaml", &one)]),
        ["shop.yaml:3:15 tosca.import_conflict < one.yaml:2"]
    );
    // Behind a prefix, of another kind, and the same file twice: no conflict.
    let apart = format!("imports: [ {{ file: one.yaml, namespace_prefix: p }} ]\n{one}");
    assert_eq!(told(&[("shop.yaml", &apart), ("one.yaml", &one)]), [""; 0]);
    let kinds = format!("imports: [ one.yaml ]\n{}", one.replace("node_types", "group_types"));
    assert_eq!(told(&[("shop.yaml", &kinds), ("one.yaml", &one)]), [""; 0]);
}

#[test]
fn built_in_types_cannot_be_redefined_by_imports() {
    assert_eq!(
        told(&[("shop.yaml", "imports: [ t.yaml ]"), ("t.yaml", &defines("tosca.nodes.Compute"))]),
        ["t.yaml:2:15 tosca.type_redefined"]
    );
}

#[test]
fn what_may_be_in_a_missing_file_is_not_called_unknown() {
    let template = "
imports: [ missing.yaml, { file: gone.yaml, namespace_prefix: g } ]
topology_template:
  inputs: { i: { type: missing.D, default: x } }
  node_templates:
    n: { type: missing.N, properties: { anything: 1 } }
    m: { type: 'g:N' }
";
    assert_eq!(
        told(&[("shop.yaml", template)]),
        ["shop.yaml:3:12 tosca.import_unreadable", "shop.yaml:3:34 tosca.import_unreadable"]
    );
    // What a prefix excuses is behind the prefix.
    let template = format!("imports: [ {{ file: gone.yaml, namespace_prefix: g }} ]\n{}", node("Nn"));
    assert_eq!(
        told(&[("shop.yaml", &template)]),
        ["shop.yaml:2:20 tosca.import_unreadable", "shop.yaml:3:51 tosca.unknown_type"]
    );
}

#[test]
fn of_a_type_with_an_unknown_parent_nothing_is_called_unknown() {
    let types = "
imports: [ missing.yaml ]
node_types:
  a.Base: { derived_from: missing.Service }
  a.Web: { derived_from: a.Base }
";
    let template = "
imports: [ t.yaml ]
topology_template:
  node_templates:
    n: { type: a.Web, properties: { image: x }, capabilities: { c: { } }, requirements: [ { network: n } ] }
";
    assert_eq!(
        told(&[("shop.yaml", template), ("t.yaml", types)]),
        ["t.yaml:3:12 tosca.import_unreadable < shop.yaml:3"]
    );
}
