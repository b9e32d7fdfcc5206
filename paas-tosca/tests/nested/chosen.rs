//! Which template stands for a node.

use super::{DATABASE, STORE, TYPES, check_with, checked, service, services, template, told};

#[test]
fn there_must_be_one() {
    let app = template(STORE).replace(", database.yaml", "");
    // It may be for someone else to find one, as for all nodes that are not of the profile.
    assert_eq!(told(&check_with(&app, &[("types.yaml", TYPES)])), ["app.yaml:6:49 ~tosca.abstract_node"]);
    let ours = app
        .replace("bank.Database", "paas.nodes.Service")
        .replace("directives", "properties: { image: 'x:1' }, directives");
    let found = check_with(&ours, &[("types.yaml", TYPES)]);
    assert_eq!(told(&found), ["app.yaml:6:84 tosca.abstract_node"]);
    let help = found.diagnostics.iter().next().and_then(|it| it.help.as_deref());
    assert_eq!(help, Some("import one whose `substitution_mappings` have `node_type: paas.nodes.Service`"));
}

#[test]
fn of_several_none_is_guessed() {
    let app = template(STORE).replace("database.yaml", "database.yaml, other.yaml");
    let files = [("types.yaml", TYPES), ("database.yaml", DATABASE), ("other.yaml", DATABASE)];
    assert_eq!(
        told(&check_with(&app, &files)),
        ["app.yaml:6:49 ~tosca.abstract_node < database.yaml:9 < other.yaml:9"]
    );
}

#[test]
fn filters_tell_them_apart() {
    let filtered = |name: &str| {
        DATABASE.replace(
            "node_type: bank.Database\n",
            &format!("node_type: bank.Database\n    substitution_filter: {{ properties: [ name: {{ equal: {name} }} ] }}\n"),
        )
    };
    let (one, other) = (filtered("orders").replace("r.test/db:1", "r.test/one:1"), filtered("old"));
    let files = [("types.yaml", TYPES), ("database.yaml", &*one), ("other.yaml", &*other)];
    let app = template(STORE).replace("database.yaml", "database.yaml, other.yaml");
    let services = services(check_with(&app, &files));
    assert!(format!("{services:?}").contains("r.test/one:1"));
    let neither = app.replace("directives", "properties: { name: x }, directives");
    assert_eq!(
        told(&check_with(&neither, &files)),
        ["app.yaml:6:74 ~tosca.abstract_node < database.yaml:10 < other.yaml:10"]
    );
}

#[test]
fn one_for_just_the_type_goes_before_one_for_a_special_case() {
    let types = format!("{TYPES}  bank.Special: {{ derived_from: bank.Database }}\n");
    let special = DATABASE
        .replace("node_type: bank.Database", "node_type: bank.Special")
        .replace("r.test/db:1", "r.test/special:1");
    let app = template(STORE).replace("database.yaml", "database.yaml, special.yaml");
    let files = [("types.yaml", &*types), ("database.yaml", DATABASE), ("special.yaml", &*special)];
    let of = |app: &str| format!("{:?}", services(check_with(app, &files)));
    assert!(of(&app).contains("r.test/db:1") && !of(&app).contains("special"));
    // Alone it is good enough.
    let app = app.replace("database.yaml, ", "");
    assert!(of(&app).contains("r.test/special:1"));
}

#[test]
fn behind_a_prefix_and_behind_another_file() {
    let app = template(STORE)
        .replace(
            "imports: [ types.yaml, database.yaml ]",
            "imports: [ { file: all.yaml, namespace_prefix: b } ]",
        )
        .replace("bank.Database", "'b:bank.Database'");
    let all = "imports: [ types.yaml, database.yaml ]\n";
    let files = [("types.yaml", TYPES), ("database.yaml", DATABASE), ("all.yaml", all)];
    assert_eq!(services(check_with(&app, &files)).len(), 2);
}

#[test]
fn other_words_for_it() {
    for word in ["substitute", "substitutable"] {
        let app = template(&STORE.replace("substitute", word));
        assert_eq!(services(checked(&app)).len(), 2, "{word}");
    }
}

#[test]
fn a_file_that_cannot_be_imported_is_told_alone() {
    let app = template(STORE);
    let told = told(&check_with(&app, &[("types.yaml", TYPES)]));
    assert_eq!(told, ["app.yaml:2:24 tosca.import_unreadable"]);
}

#[test]
fn faults_of_templates_are_told_once_even_of_those_that_stand_for_nothing() {
    let faulty = DATABASE.replace("ports: [ { container: 5432 } ]", "prots: [ { container: 5432 } ]");
    let expected = ["database.yaml:26:9 tosca.unknown_property < paas-profile-1.0.yaml:179"];
    let second = STORE.replace("store:", "archive:");
    for nodes in [STORE.to_owned(), format!("{STORE}{second}"), service("web", "", "")] {
        let files = [("types.yaml", TYPES), ("database.yaml", &*faulty)];
        assert_eq!(told(&check_with(&template(&nodes), &files)), expected, "{nodes}");
    }
}

#[test]
fn templates_that_multiply_each_other_end() {
    // Each of 20 files has ten nodes for which the next stands.
    let nodes = |next: usize| -> String {
        (0..10).map(|n| format!("    n{n}: {{ type: t.T{next}, directives: [ substitute ] }}\n")).collect()
    };
    let types: String =
        (0..=20).map(|n| format!("  t.T{n}: {{ derived_from: tosca.nodes.Root }}\n")).collect();
    let types = format!("node_types:\n{types}");
    let file = |n: usize| {
        format!(
            "imports: [ types.yaml, f{}.yaml ]\ntopology_template:\n  substitution_mappings: {{ node_type: t.T{n} }}\n  node_templates:\n{}",
            n + 1,
            nodes(n + 1)
        )
    };
    let mut files: Vec<(String, String)> = (0..20).map(|n| (format!("f{n}.yaml"), file(n))).collect();
    files.push((
        "f20.yaml".to_owned(),
        "topology_template: { substitution_mappings: { node_type: t.T20 } }\nimports: [ types.yaml ]\n"
            .to_owned(),
    ));
    files.push(("types.yaml".to_owned(), types));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let app =
        format!("imports: [ types.yaml, f0.yaml ]\ntopology_template:\n  node_templates:\n{}", nodes(0));
    let found = check_with(&app, &files);
    let codes: Vec<_> = found.diagnostics.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["yaml.too_many_nodes"]);
}

#[test]
fn a_long_line_of_templates_in_templates_needs_little_stack() {
    const LINE: usize = 120;
    let mut types = String::from("node_types:\n");
    let mut files = Vec::new();
    for n in 0..=LINE {
        types += &format!("  t.T{n}: {{ derived_from: tosca.nodes.Root }}\n");
        let (import, nodes) = match n {
            LINE => (String::new(), String::new()),
            _ => {
                let next = n + 1;
                let node = format!("n: {{ type: t.T{next}, directives: [ substitute ] }}");
                (format!(", f{next}.yaml"), node)
            }
        };
        let mappings = format!("substitution_mappings: {{ node_type: t.T{n} }}");
        files.push((
            format!("f{n}.yaml"),
            format!("imports: [ types.yaml{import} ]\ntopology_template: {{ {mappings}, node_templates: {{ {nodes} }} }}\n"),
        ));
    }
    files.push(("types.yaml".to_owned(), types));
    let app = format!(
        "{}imports: [ types.yaml, f0.yaml ]\ntopology_template: {{ node_templates: {{ n: {{ type: t.T0, directives: [ substitute ] }} }} }}\n",
        super::VERSION
    );
    let run = move || {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let mut options = super::options(&files);
        options.limits.import_depth = 128;
        paas_tosca::check(&paas_tosca::Source::new("app.yaml", app), &options).diagnostics.len()
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run).expect("a thread");
    assert_eq!(thread.join().expect("no overflow"), 0);
}
