//! Outputs.

use super::{text, units};
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{Application, Output, Value};

/// All outputs. What one waits for that no function can say again is a comment.
pub(super) fn outputs(application: &Application) -> Map {
    let mut map = Map::spaced();
    for output in &application.outputs {
        let mut entry = Map::new();
        entry.maybe("description", output.description.as_deref().map(Yaml::text));
        let attribute = attribute(output, application);
        let is_lost = attribute.is_none() && output.pending.is_some();
        entry.add("value", attribute.unwrap_or_else(|| value(&output.value)));
        map.add(&*output.name, entry);
        if let Some(pending) = output.pending.as_ref().filter(|_| is_lost) {
            let comment = format!("What is missing is known only when the application runs: {pending}");
            map.comment(&output.name, &comment);
        }
    }
    map
}

/// The attribute that an output is, if it waits for one that a node of the template has.
fn attribute(output: &Output, application: &Application) -> Option<Yaml> {
    let pending = output.pending.as_deref().filter(|_| output.value == Value::Null)?;
    let (name, node) = pending.strip_prefix("the attribute `")?.strip_suffix('`')?.split_once("` of `")?;
    let is_there = application.services.iter().any(|service| service.name == node);
    (is_there && OF_ALL_NODES.contains(&name)).then(|| text::attribute(node, &[name]))
}

/// The attributes that `tosca.nodes.Root` has.
const OF_ALL_NODES: [&str; 3] = ["tosca_id", "tosca_name", "state"];

fn value(value: &Value) -> Yaml {
    match value {
        Value::Null => Yaml::plain("null"),
        Value::Boolean(flag) => Yaml::plain(flag),
        Value::Integer(number) => Yaml::plain(number),
        Value::Float(number) => units::float(*number),
        Value::Text(it) => text::text(it),
        Value::List(items) => Yaml::List(items.iter().map(self::value).collect()),
        Value::Map(entries) => {
            let mut map = Map::new();
            entries.iter().for_each(|(name, it)| map.add(name, self::value(it)));
            map.into()
        }
    }
}
