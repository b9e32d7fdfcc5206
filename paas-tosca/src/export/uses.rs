//! Values that come from inputs, in the place of those that the application has.

use super::{extras::Piece, text};
use crate::{
    tosca::{Kind, builtin},
    yaml::write::{Map, Yaml},
};

/// Maps whose keys are the application's own.
const OPEN_MAPS: [&str; 5] = ["environment", "labels", "host_affinity", "rancher", "rancher_texts"];
/// So many entries of these stand on one line.
const FEW: usize = 2;

/// Puts what is made of inputs into the properties of a node of a type.
pub(super) fn apply<'u>(
    properties: &mut Map,
    ty: &str,
    uses: impl Iterator<Item = (&'u [String], &'u [Piece])>,
) {
    let before = properties.len();
    for (path, pieces) in uses {
        put(properties, path, text::pieces(pieces));
    }
    if properties.len() > before {
        let ty = builtin().find(Kind::Node, ty).and_then(|ty| builtin().ty(ty));
        let order: Vec<&str> = ty.into_iter().flat_map(|ty| &ty.properties).map(|it| it.name).collect();
        properties.sort_by_rank(|key| order.iter().position(|name| *name == key).unwrap_or(order.len()));
    }
}

/// Gives maps with more than a few entries a line for each.
pub(super) fn open_long_maps(properties: &mut Map) {
    for name in OPEN_MAPS {
        if let Some(Yaml::Map(map)) = properties.get_mut(name)
            && map.len() > FEW
        {
            map.set_block();
        }
    }
}

fn put(map: &mut Map, path: &[String], value: Yaml) {
    let Some((first, rest)) = path.split_first() else { return };
    if !map.has(first) {
        let is_index = rest.first().is_some_and(|step| step.parse::<usize>().is_ok());
        let is_list = is_index && !OPEN_MAPS.contains(&first.as_str());
        map.add(first, if is_list { Yaml::List(Vec::new()) } else { Map::new().into() });
    }
    if let Some(there) = map.get_mut(first) {
        put_at(there, rest, value);
    }
}

fn put_at(there: &mut Yaml, path: &[String], value: Yaml) {
    let Some((first, rest)) = path.split_first() else {
        *there = value;
        return;
    };
    match there {
        // There is no such place in what a function gives.
        Yaml::Map(map) if is_function(map) => {}
        Yaml::Map(map) => put(map, path, value),
        Yaml::List(items) | Yaml::Lines(items) => {
            let Ok(index) = first.parse::<usize>() else { return };
            if index == items.len() {
                items.push(Map::new().into());
            }
            if let Some(item) = items.get_mut(index) {
                put_at(item, rest, value);
            }
        }
        // There is no such place in a single value.
        Yaml::Plain(_) | Yaml::Text(_) => {}
    }
}

fn is_function(map: &Map) -> bool {
    map.len() == 1 && ["get_input", "concat", "get_attribute"].into_iter().any(|it| map.has(it))
}
