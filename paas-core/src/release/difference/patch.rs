//! Changes carried out on values.

use super::{
    change::{Change, ItemDifference, ItemFate},
    identity,
    json::Json,
    path::{PathStep, ValuePath},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Why a change cannot be carried out: where, and what is there.
pub(super) type Refusal = (ValuePath, &'static str);

/// Carries changes out on a value.
pub(super) fn values(value: &mut Value, changes: &[Change]) -> Result<(), Refusal> {
    let mut root = Node::default();
    for change in changes {
        let mut node = &mut root;
        for step in change.path.steps() {
            node = node.below.entry(step).or_default();
        }
        node.here = Some(change);
    }
    if let Some(change) = root.here {
        *value = leaf(Some(value), change, &ValuePath::default())?.unwrap_or_default();
        return Ok(());
    }
    tree(value, &root, "", &ValuePath::default())
}

/// Carries out what became of the items of a list.
pub(super) fn items(list: &str, old: &mut Vec<Value>, items: &[ItemDifference]) -> Result<(), Refusal> {
    let path = ValuePath::default().key(list);
    let keys = identity::keys(list, old).unwrap_or_default();
    let mut of: BTreeMap<&str, &ItemDifference> =
        items.iter().map(|item| (item.name.as_str(), item)).collect();
    let mut stay = Vec::new();
    let mut placed = Vec::new();
    for (key, mut value) in keys.into_iter().zip(std::mem::take(old)) {
        let Some(item) = of.remove(key.as_str()) else {
            stay.push(value);
            continue;
        };
        let here = path.item(&key);
        match item.fate {
            ItemFate::Added => return Err((here, THERE)),
            ItemFate::Removed if item.item.as_ref().is_some_and(|old| old.0 == value) => continue,
            ItemFate::Removed => return Err((here, DIFFERS)),
            ItemFate::Changed | ItemFate::Reordered => values(&mut value, &item.changes)?,
        }
        match item.position {
            Some(position) => placed.push((position, value)),
            None => stay.push(value),
        }
    }
    for item in of.into_values() {
        match (item.fate, &item.item, item.position) {
            (ItemFate::Added, Some(value), Some(position)) => placed.push((position, value.0.clone())),
            _ => return Err((path.item(&item.name), MISSING)),
        }
    }
    *old = place(stay, placed).ok_or((path, SHORT))?;
    Ok(())
}

/// A list in which some have a place, and all others stand in their order between them.
pub(super) fn place<T>(mut stay: Vec<T>, mut placed: Vec<(usize, T)>) -> Option<Vec<T>> {
    if placed.is_empty() {
        return Some(stay);
    }
    placed.sort_by_key(|(position, _)| *position);
    let count = stay.len() + placed.len();
    let mut all = Vec::with_capacity(count);
    let mut rest = stay.drain(..);
    for (position, item) in placed {
        while all.len() < position {
            all.push(rest.next()?);
        }
        all.push(item);
    }
    all.extend(rest);
    Some(all)
}

pub(super) const DIFFERS: &str = "is another than the difference was made from";
pub(super) const MISSING: &str = "is not there";
pub(super) const THERE: &str = "is there already";
pub(super) const SHORT: &str = "has fewer items than the difference was made from";

#[derive(Default)]
struct Node<'a> {
    here: Option<&'a Change>,
    below: BTreeMap<&'a PathStep, Node<'a>>,
}

fn tree(value: &mut Value, node: &Node<'_>, name: &str, path: &ValuePath) -> Result<(), Refusal> {
    if node.below.is_empty() {
        return Ok(());
    }
    match value {
        Value::Object(map) => {
            for (step, node) in &node.below {
                let PathStep::Key(key) = step else { return Err((path.clone(), DIFFERS)) };
                let path = path.key(key);
                match node.here {
                    Some(change) => match leaf(map.get(key), change, &path)? {
                        Some(value) => drop(map.insert(key.clone(), value)),
                        None => drop(map.remove(key)),
                    },
                    None => {
                        let value = map.get_mut(key).ok_or_else(|| (path.clone(), MISSING))?;
                        tree(value, node, key, &path)?;
                    }
                }
            }
            Ok(())
        }
        Value::Array(items) => list(items, node, name, path),
        _ => Err((path.clone(), DIFFERS)),
    }
}

fn list(items: &mut Vec<Value>, node: &Node<'_>, name: &str, path: &ValuePath) -> Result<(), Refusal> {
    let keys = identity::keys(name, items).ok_or_else(|| (path.clone(), DIFFERS))?;
    let mut of: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
    for (step, node) in &node.below {
        let PathStep::Item(item) = step else { return Err((path.clone(), DIFFERS)) };
        of.insert(item, node);
    }
    let mut stay = Vec::new();
    let mut placed = Vec::new();
    for (key, mut value) in keys.into_iter().zip(std::mem::take(items)) {
        let Some(node) = of.remove(key.as_str()) else {
            stay.push(value);
            continue;
        };
        let path = path.item(&key);
        let mut position = None;
        match node.here {
            None => tree(&mut value, node, "", &path)?,
            Some(Change { old: None, new: None, position: to, .. }) => {
                tree(&mut value, node, "", &path)?;
                position = *to;
            }
            Some(change) => match leaf(Some(&value), change, &path)? {
                Some(new) => value = new,
                None => continue,
            },
        }
        match position {
            Some(position) => placed.push((position, value)),
            None => stay.push(value),
        }
    }
    for (key, node) in of {
        match node.here {
            Some(Change { old: None, new: Some(Json(value)), position: Some(position), .. }) => {
                placed.push((*position, value.clone()));
            }
            _ => return Err((path.item(key), MISSING)),
        }
    }
    *items = place(stay, placed).ok_or_else(|| (path.clone(), SHORT))?;
    Ok(())
}

/// The value after a change, if it was as it should be before.
fn leaf(value: Option<&Value>, change: &Change, path: &ValuePath) -> Result<Option<Value>, Refusal> {
    match (value, &change.old) {
        (Some(value), Some(old)) if *value != old.0 => Err((path.clone(), DIFFERS)),
        (None, Some(_)) => Err((path.clone(), MISSING)),
        (Some(_), None) => Err((path.clone(), THERE)),
        _ => Ok(change.new.as_ref().map(|new| new.0.clone())),
    }
}
