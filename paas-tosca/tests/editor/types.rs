//! The built-in types, read from their files by nobody's reader but YAML's, and templates that use one property of one.

use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::OnceLock};

const FILES: [&str; 3] = ["tosca-normative-1.3.yaml", "tosca-nonnormative.yaml", "paas-profile-1.0.yaml"];

/// A property of a type, and where in a template it can be given.
#[derive(Debug, Clone)]
pub(super) struct Property {
    pub(super) of: String,
    pub(super) name: String,
    pub(super) definition: Value,
    section: &'static str,
}

/// All types of a section, by name.
fn section(section: &str) -> &'static Map<String, Value> {
    static TYPES: OnceLock<BTreeMap<String, Map<String, Value>>> = OnceLock::new();
    let all = TYPES.get_or_init(|| {
        let mut all: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        for file in FILES {
            let text = paas_tosca::builtin_text(file).unwrap();
            let Some(Value::Object(sections)) = super::as_json(text) else { panic!("{file}") };
            for (name, types) in sections {
                if let Value::Object(types) = types {
                    all.entry(name).or_default().extend(types);
                }
            }
        }
        all
    });
    &all[section]
}

/// What a type says of a word, and what it inherits.
pub(super) fn inherited(of: &str, name: &str, word: &str) -> Map<String, Value> {
    let Some(definition) = section(of).get(name) else { return Map::new() };
    let mut all =
        definition["derived_from"].as_str().map(|from| inherited(of, from, word)).unwrap_or_default();
    all.extend(definition[word].as_object().cloned().unwrap_or_default());
    all
}

/// The definition of a data type.
pub(super) fn data(name: &str) -> Option<&'static Value> {
    section("data_types").get(name)
}

/// All properties that a template can give: of nodes, relationships, groups, policies, and of a service's capabilities.
pub(super) fn properties() -> Vec<Property> {
    let mut all = Vec::new();
    for of in ["node_types", "relationship_types", "group_types", "policy_types"] {
        for name in section(of).keys().filter(|name| is_usable(name)) {
            for (property, definition) in inherited(of, name, "properties") {
                all.push(Property { of: name.clone(), name: property, definition, section: of });
            }
        }
    }
    for (capability, definition) in inherited("node_types", "paas.nodes.Service", "capabilities") {
        let ty = definition["type"].as_str().unwrap();
        for (property, definition) in inherited("capability_types", ty, "properties") {
            all.push(Property {
                of: capability.clone(),
                name: property,
                definition,
                section: "capability_types",
            });
        }
    }
    all
}

/// Nodes that need others than a network are no nodes of the profile, and abstract types have no templates.
fn is_usable(name: &str) -> bool {
    name.starts_with("paas.") && name != "paas.policies.Scaling"
        || ["tosca.nodes.network.Network", "tosca.nodes.ObjectStorage", "tosca.relationships.AttachesTo"]
            .contains(&name)
}

impl Property {
    /// A template that gives the property a value, and is right in all else; `None` leaves the property out.
    pub(super) fn template(&self, value: Option<Value>) -> Value {
        let mut given = if self.section == "capability_types" { Map::new() } else { self.others() };
        given.extend(value.map(|value| (self.name.clone(), value)));
        let mut topology = json!({
            "inputs": { "any": { "description": "of any type, and without a value" } },
            "node_templates": { "dmz": { "type": "paas.nodes.Network" } },
        });
        let thing = json!({ "type": self.of, "properties": given });
        match self.section {
            "node_types" => {
                topology["node_templates"]["it"] = thing;
                if inherited("node_types", &self.of, "properties").contains_key("image")
                    || ["paas.nodes.LoadBalancer", "paas.nodes.ExternalService"].contains(&self.of.as_str())
                {
                    topology["node_templates"]["it"]["requirements"] = json!([{ "network": "dmz" }]);
                }
            }
            "relationship_types" => topology["relationship_templates"] = json!({ "it": thing }),
            "group_types" => topology["groups"] = json!({ "it": thing }),
            "policy_types" => topology["policies"] = json!([{ "it": thing }]),
            _ => {
                topology["node_templates"]["it"] = json!({
                    "type": "paas.nodes.Service",
                    "properties": { "image": "x" },
                    "capabilities": { &*self.of: { "properties": given } },
                    "requirements": [{ "network": "dmz" }],
                });
            }
        }
        json!({ "tosca_definitions_version": "tosca_simple_yaml_1_3", "topology_template": topology })
    }

    /// Right values of all other properties that must be given.
    fn others(&self) -> Map<String, Value> {
        let all = inherited(self.section, &self.of, "properties");
        let others =
            all.into_iter().filter(|(name, definition)| *name != self.name && is_required(definition));
        others.map(|(name, definition)| (name, super::values::right(&definition).remove(0))).collect()
    }
}

/// Whether a property must be given.
pub(super) fn is_required(definition: &Value) -> bool {
    definition["required"] != json!(false) && definition.get("default").is_none()
}
