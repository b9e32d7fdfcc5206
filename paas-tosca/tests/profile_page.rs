//! The page about the profile: its examples are right, and it has one for every type.

use paas_core::release::Target;
use paas_tosca::{Source, reference, translate};
use std::collections::BTreeSet;

#[test]
fn examples_are_translated_without_a_word() {
    for example in reference::examples() {
        let source = Source::new("example.yaml", example.text);
        let translation = translate(&source, &crate::templates::options(), &Target::default());
        let shown = crate::templates::whole(&translation.diagnostics);
        assert!(translation.release.is_some() && shown.is_empty(), "{:?}: {shown}", example.types);
    }
}

#[test]
fn every_type_is_there_with_an_example() {
    let page = reference::profile();
    let text = paas_tosca::builtin_text("paas-profile-1.0.yaml").unwrap();
    let profile: serde_json::Value =
        serde_json::to_value(yaml_serde::from_str::<yaml_serde::Value>(text).unwrap()).unwrap();
    let mut types = BTreeSet::new();
    for section in ["node_types", "relationship_types", "policy_types", "data_types", "capability_types"] {
        types.extend(profile[section].as_object().unwrap().keys().cloned());
    }
    let shown: BTreeSet<String> =
        reference::examples().flat_map(|example| example.types).map(|name| (*name).to_owned()).collect();
    assert_eq!(shown, types);
    for name in &types {
        assert!(page.contains(&format!("\n### `{name}`\n")), "{name}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `cpu_limit` | `float` |"));
    assert_eq!(rows.count(), 1);
}
