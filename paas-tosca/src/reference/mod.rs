//! The page about the profile, made from its definitions: `docs/profile.md`.

mod examples;
mod table;

use crate::{
    Limits, Source, builtin_text,
    yaml::{self, NodeRef},
};
use std::fmt::Write as _;

pub use examples::{Example, examples};

/// The name of the profile's file.
const PROFILE: &str = "paas-profile-1.0.yaml";

/// The sections of the page: the keyword of the profile's file, the heading, and what is said first.
const SECTIONS: [(&str, &str, &str); 5] = [
    ("node_types", "Nodes", "What a topology is made of."),
    (
        "relationship_types",
        "Relationships",
        "How a requirement leads to its target. Give one a name under `relationship_templates`, and name it with `relationship:`; all readers of TOSCA take that form.",
    ),
    ("policy_types", "Policies", "What holds for several nodes."),
    ("data_types", "Data types", "What properties are made of."),
    ("capability_types", "Capabilities", "What requirements ask for."),
];

/// The page, as Markdown: every type of the profile with what it derives from, its properties, capabilities and
/// requirements, and an example.
///
/// ```
/// let page = paas_tosca::reference::profile();
/// assert!(page.contains("### `paas.nodes.Service`"));
/// ```
pub fn profile() -> String {
    let mut page = String::from(HEAD);
    let text = builtin_text(PROFILE).unwrap_or_default();
    let tree = yaml::load(&Source::new(PROFILE, text), &Limits::default()).tree;
    let Some(root) = tree.as_ref().map(yaml::Tree::root) else { return page };
    for (section, heading, words) in SECTIONS {
        let Some(types) = root.get(section) else { continue };
        page.push_str(&format!("\n## {heading}\n\n{words}\n"));
        for (name, definition) in types.entries() {
            push_type(&mut page, name.text().unwrap_or_default(), definition);
        }
    }
    page.push_str(HOST_NAMES);
    page
}

const HOST_NAMES: &str = "
## Host names

Addresses change with each container, so services reach each other by name. `get_attribute` asks for it; in the files
stands the name that the service which reads it knows:

| what is asked for | |
| --- | --- |
| `{ get_attribute: [ db, host_name ] }` | the alias of its connection to `db`; else the name `db` |
| `{ get_attribute: [ SELF, connection, host_name ] }` | the same of its only connection |
| `{ get_attribute: [ db, service, ip_address ] }` | the same, as templates for other platforms ask for it, of any endpoint |
| `{ get_attribute: [ server, private_address ] }` | of a host of containers by normative types: the name of the only one on it |

It can stand in `environment`, `command`, `entrypoint`, `labels` and the `content` of configuration files, also inside
`concat` and `join`, and in outputs, where `release.json` keeps the reference. Who asks shares the network with the other
or has a connection to it; what runs beside a service shares the connections of that. Else it is `app.host_name`. All
other attributes that only show when the application runs (`state`, `tosca_id`, `public_address`) are
`app.not_known_yet` where a value is needed, and `pending` in outputs.
";

const HEAD: &str = "# The profile `paas`\n
The types that templates for the platform use, version 1.0. They are built in: a template names them, or imports
`paas-profile-1.0.yaml` beside it, so that other TOSCA tools find them too. All derive from normative types of TOSCA
Simple Profile 1.3. What is not said here is as the parent type has it.

This page is made by `cargo xtask generate` from `paas-tosca/types/paas-profile-1.0.yaml`.
";

fn push_type(page: &mut String, name: &str, definition: NodeRef<'_>) {
    let said = |key: &str| definition.get(key).and_then(NodeRef::text).unwrap_or_default();
    page.push_str(&format!("\n### `{name}`\n\n{}\n", said("description")));
    page.push_str(&format!("\nDerives from {}.\n", table::link(said("derived_from"))));
    if let Some(targets) = definition.get("targets") {
        let targets: Vec<String> = targets.items().filter_map(NodeRef::text).map(table::link).collect();
        page.push_str(&format!("\nTargets: {}, or groups of these.\n", targets.join(", ")));
    }
    if let Some(properties) = definition.get("properties") {
        page.push_str("\n| property | type | default | constraints | |\n| --- | --- | --- | --- | --- |\n");
        properties.entries().for_each(|(name, definition)| table::property(page, name, definition));
    }
    if let Some(attributes) = definition.get("attributes") {
        page.push_str("\n| attribute | type | |\n| --- | --- | --- |\n");
        attributes.entries().for_each(|(name, definition)| table::attribute(page, name, definition));
    }
    if let Some(capabilities) = definition.get("capabilities") {
        page.push_str("\n| capability | type |\n| --- | --- |\n");
        for (name, definition) in capabilities.entries() {
            let ty = definition.get("type").and_then(NodeRef::text).unwrap_or_default();
            page.push_str(&format!("| `{}` | {} |\n", name.text().unwrap_or_default(), table::link(ty)));
        }
    }
    if let Some(requirements) = definition.get("requirements") {
        page.push_str("\n| requirement | leads to | over | how often |\n| --- | --- | --- | --- |\n");
        for (name, definition) in requirements.items().filter_map(NodeRef::only_entry) {
            table::requirement(page, name, definition);
        }
    }
    match examples().find(|example| example.types.contains(&name)) {
        Some(example) if example.types.first() == Some(&name) => {
            page.push_str(&format!("\n```yaml\n{}```\n", example.text));
        }
        Some(example) => {
            let first = example.types.first().copied().unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(page, "\nExample: see {}.", table::link(first));
        }
        None => {}
    }
}
