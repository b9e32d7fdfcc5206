//! The inputs of a template that stands for a node: the node's properties.

use super::Template;
use crate::tosca::{
    function::Evaluation,
    inputs::{Parts, Supply},
    topology::Node,
    value::Value,
};
use crate::yaml::NodeRef;
use paas_core::diagnostic::Code;
use rustc_hash::FxHashMap;

/// Where the inputs of a template are found that stands for a node.
pub(super) fn parts<'t>(
    evaluation: &Evaluation<'_, 't>,
    node: &Node<'t>,
    template: &Template<'t>,
) -> Parts<'t> {
    Parts {
        definitions: template.topology.get("inputs"),
        secrets: template.root.get("metadata").and_then(|metadata| metadata.get("secret_inputs")),
        supply: Supply::Node { values: values(evaluation, node, template), name: node.at },
        file: template.root.place(),
    }
}

/// A property is the input that it is mapped to, or else the one of its name.
fn values<'t>(
    evaluation: &Evaluation<'_, 't>,
    node: &Node<'t>,
    template: &Template<'t>,
) -> FxHashMap<&'t str, Value<'t>> {
    let mapped = template.mappings.get("properties");
    let mut values = FxHashMap::default();
    let mut explicit = Vec::new();
    for (key, value) in &node.properties {
        let Some(name) = key.text() else { continue };
        if !evaluation.report.spend(node.at, value.data.size()) {
            break;
        }
        let Some(to) = mapped.and_then(|mapped| mapped.get(name)) else {
            values.insert(name, value.clone());
            continue;
        };
        let to = to.get("mapping").unwrap_or(to);
        match to.items().len() {
            1 => {
                explicit
                    .extend(to.items().next().and_then(NodeRef::text).map(|input| (input, value.clone())));
            }
            2 => {
                let message = format!("`{name}` is mapped to a property of a node, where it has no effect");
                let help = "map it to an input: `[ input ]`".to_owned();
                evaluation.report.help(Code::NotSupported, to, message, help);
            }
            // A value that nodes of the type have then.
            _ => {}
        }
    }
    values.extend(explicit);
    values
}
