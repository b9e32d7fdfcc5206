//! Values compared as trees.

use super::{
    change::{Change, ItemDifference, ItemFate},
    identity,
    json::{Json, is_whole},
    path::{PathStep, ValuePath},
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What changed from one value to the other.
pub(super) fn values(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    tree(&ValuePath::default(), "", old, new, &mut changes);
    changes
}

/// The pieces of a map or a list of which all is new or gone.
pub(super) fn pieces(change: &Change) -> Option<Vec<Change>> {
    let Some(PathStep::Key(name)) = change.path.steps().last() else { return None };
    let empty = |value: &Value| match value {
        Value::Object(_) if !is_whole(value) => Some(Value::Object(Map::new())),
        Value::Array(items) if identity::keys(name, items).is_some() => Some(Value::Array(Vec::new())),
        _ => None,
    };
    let mut pieces = Vec::new();
    match (&change.old, &change.new) {
        (None, Some(Json(new))) => tree(&change.path, name, &empty(new)?, new, &mut pieces),
        (Some(Json(old)), None) => tree(&change.path, name, old, &empty(old)?, &mut pieces),
        _ => return None,
    }
    Some(pieces)
}

/// What became of the items of a list that is looked at item by item.
pub(super) fn items(list: &str, old: &[Value], new: &[Value]) -> Vec<ItemDifference> {
    let (Some(old_keys), Some(new_keys)) = (identity::keys(list, old), identity::keys(list, new)) else {
        return Vec::new();
    };
    let matched = Matched::new(&old_keys, &new_keys);
    let mut items = Vec::new();
    for (key, item) in old_keys.iter().zip(old).filter(|(key, _)| !matched.is_new(key)) {
        items.push(ItemDifference {
            name: key.clone(),
            fate: ItemFate::Removed,
            item: Some(Json(item.clone())),
            position: None,
            changes: Vec::new(),
            means: None,
        });
    }
    for (position, (key, item)) in new_keys.iter().zip(new).enumerate() {
        let found = matched.old(key).and_then(|index| old.get(index));
        let is_elsewhere = matched.is_elsewhere(key);
        let (fate, changes) = match found {
            None => (ItemFate::Added, Vec::new()),
            Some(found) => {
                let changes = values(found, item);
                match (changes.is_empty(), is_elsewhere) {
                    (true, false) => continue,
                    (true, true) => (ItemFate::Reordered, changes),
                    (false, _) => (ItemFate::Changed, changes),
                }
            }
        };
        items.push(ItemDifference {
            name: key.clone(),
            fate,
            item: found.is_none().then(|| Json(item.clone())),
            position: (found.is_none() || is_elsewhere).then_some(position),
            changes,
            means: None,
        });
    }
    items
}

fn tree(path: &ValuePath, name: &str, old: &Value, new: &Value, changes: &mut Vec<Change>) {
    if old == new {
        return;
    }
    match (old, new) {
        // What a file holds is a text, or a secret: another thing, not another field.
        (Value::Object(old_map), Value::Object(new_map))
            if name == "content" && !old_map.keys().eq(new_map.keys()) =>
        {
            changes.push(change(path.clone(), Some(old), Some(new), None));
        }
        (Value::Object(old_map), Value::Object(new_map)) if !is_whole(old) && !is_whole(new) => {
            let keys: BTreeSet<&String> = old_map.keys().chain(new_map.keys()).collect();
            for key in keys {
                let path = path.key(key);
                match (old_map.get(key), new_map.get(key)) {
                    (Some(old), Some(new)) => tree(&path, key, old, new, changes),
                    (old, new) => changes.push(change(path, old, new, None)),
                }
            }
        }
        (Value::Array(old_items), Value::Array(new_items)) => {
            let (Some(old_keys), Some(new_keys)) =
                (identity::keys(name, old_items), identity::keys(name, new_items))
            else {
                changes.push(change(path.clone(), Some(old), Some(new), None));
                return;
            };
            let matched = Matched::new(&old_keys, &new_keys);
            for (key, item) in old_keys.iter().zip(old_items).filter(|(key, _)| !matched.is_new(key)) {
                changes.push(change(path.item(key), Some(item), None, None));
            }
            for (position, (key, item)) in new_keys.iter().zip(new_items).enumerate() {
                let path = path.item(key);
                match matched.old(key).and_then(|index| old_items.get(index)) {
                    None => changes.push(change(path, None, Some(item), Some(position))),
                    Some(found) => {
                        if matched.is_elsewhere(key) {
                            changes.push(change(path.clone(), None, None, Some(position)));
                        }
                        tree(&path, "", found, item, changes);
                    }
                }
            }
        }
        _ => changes.push(change(path.clone(), Some(old), Some(new), None)),
    }
}

fn change(path: ValuePath, old: Option<&Value>, new: Option<&Value>, position: Option<usize>) -> Change {
    let json = |value: &Value| Json(value.clone());
    Change { path, old: old.map(json), new: new.map(json), position }
}

/// Which items of two lists are the same, and which of these have changed places with others.
pub(super) struct Matched<'a> {
    old: FxHashMap<&'a str, usize>,
    new: FxHashSet<&'a str>,
    elsewhere: FxHashSet<&'a str>,
}

impl<'a> Matched<'a> {
    pub(super) fn new(old: &'a [String], new: &'a [String]) -> Self {
        let old: FxHashMap<&str, usize> =
            old.iter().enumerate().map(|(index, key)| (key.as_str(), index)).collect();
        let kept: Vec<(&str, usize)> =
            new.iter().filter_map(|key| old.get(key.as_str()).map(|index| (key.as_str(), *index))).collect();
        let stay = longest_ascending(&kept.iter().map(|(_, index)| *index).collect::<Vec<_>>());
        let elsewhere = kept
            .iter()
            .enumerate()
            .filter(|(place, _)| !stay.contains(place))
            .map(|(_, (key, _))| *key)
            .collect();
        Self { old, new: new.iter().map(String::as_str).collect(), elsewhere }
    }

    /// Where in the old list an item was.
    pub(super) fn old(&self, key: &str) -> Option<usize> {
        self.old.get(key).copied()
    }

    /// Whether the new list has an item.
    pub(super) fn is_new(&self, key: &str) -> bool {
        self.new.contains(key)
    }

    /// Whether an item of both stands elsewhere. So few as can be do.
    pub(super) fn is_elsewhere(&self, key: &str) -> bool {
        self.elsewhere.contains(key)
    }
}

/// The places of a longest ascending run of numbers, not all of which need be neighbours.
fn longest_ascending(numbers: &[usize]) -> FxHashSet<usize> {
    // For each length the place of the run's last number that is smallest; for each place the one before it.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (place, &number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|(_, end)| *end < number);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).map(|(place, _)| *place));
        match ends.get_mut(length) {
            Some(end) => *end = (place, number),
            None => ends.push((place, number)),
        }
    }
    let mut places = FxHashSet::default();
    let mut place = ends.last().map(|(place, _)| *place);
    while let Some(here) = place {
        places.insert(here);
        place = before.get(here).copied().flatten();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(old: &Value, new: &Value) -> Vec<String> {
        let told = |change: &Change| {
            let side = |json: &Option<Json>| json.as_ref().map_or("–".to_owned(), ToString::to_string);
            let position = change.position.map_or_else(String::new, |position| format!(" at {position}"));
            format!("{}: {} → {}{position}", change.path, side(&change.old), side(&change.new))
        };
        values(old, new).iter().map(told).collect()
    }

    #[test]
    fn a_port_that_is_put_before_others_is_one_change() {
        let port = |number: u16| json!({"container": number, "protocol": "tcp"});
        let old = json!({"ports": [port(80), port(443), port(8080)]});
        let new = json!({"ports": [port(22), port(80), port(443), port(8080)]});
        assert_eq!(told(&old, &new), ["ports[22/tcp]: – → {container: 22, protocol: tcp} at 0"]);
    }

    #[test]
    fn values_are_compared_key_by_key_and_lists_without_identity_as_a_whole() {
        let old = json!({"environment": {"A": "1", "B": "2"}, "command": ["run", "-v"], "x": null});
        let new = json!({"environment": {"A": "1", "C": "3"}, "command": ["run"], "x": 0});
        assert_eq!(
            told(&old, &new),
            ["command: [run, \"-v\"] → [run]", "environment.B: 2 → –", "environment.C: – → 3", "x: null → 0"]
        );
    }

    #[test]
    fn what_a_file_holds_is_one_thing() {
        let file = |content| json!({"configuration_files": [{"path": "/a", "content": content}]});
        assert_eq!(
            told(&file(json!({"inline": "x"})), &file(json!({"secret": "y"}))),
            ["configuration_files[/a].content: {inline: x} → {secret: y}"]
        );
        assert_eq!(
            told(&file(json!({"inline": "x"})), &file(json!({"inline": "y"}))),
            ["configuration_files[/a].content.inline: x → y"]
        );
    }

    #[test]
    fn the_fewest_items_change_places() {
        let list = |names: &[&str]| json!({"volumes": names});
        assert_eq!(
            told(&list(&["a", "b", "c", "d"]), &list(&["d", "a", "b", "c"])),
            ["volumes[d]: – → – at 0"]
        );
    }
}
