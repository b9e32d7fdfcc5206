//! Two files into one.

use super::{
    filled::Filled,
    keys::{self, Shape},
    node::{Data, Key, Node},
    read::{File, Service},
    sizes, words,
};
use std::collections::{HashMap, HashSet};

/// Puts what the second file says over what the first said: single values are replaced, maps are joined one level deep,
/// lists are appended.
pub(super) fn files(mut first: File, second: File) -> File {
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, service) in first.services.iter().enumerate() {
        known.entry(service.name.text.clone()).or_insert(index);
    }
    for service in second.services {
        let base = known.get(&service.name.text).and_then(|index| first.services.get_mut(*index));
        match base {
            Some(base) => over(base, service),
            None => {
                known.entry(service.name.text.clone()).or_insert(first.services.len());
                first.services.push(service);
            }
        }
    }
    for (into, from) in [(&mut first.volumes, second.volumes), (&mut first.secrets, second.secrets)] {
        let again: HashSet<String> = from.iter().map(|(key, _)| key.text.clone()).collect();
        into.retain(|(key, _)| !again.contains(&key.text));
        into.extend(from);
    }
    first
}

fn over(base: &mut Service, service: Service) {
    for (key, value) in service.entries {
        // An image and how to build one exclude each other.
        match key.text.as_str() {
            "image" => base.entries.retain(|(each, _)| each.text != "build"),
            "build" => base.entries.retain(|(each, _)| each.text != "image"),
            _ => {}
        }
        // The second file cannot take back what the first says.
        if (value.is_empty() || is_zero(&key.text, &value)) && base.get(&key.text).is_some() {
            continue;
        }
        match base.entries.iter_mut().find(|(each, _)| each.text == key.text) {
            Some((_, old)) => join(&key, old, value),
            None => base.entries.push((key, value)),
        }
    }
}

/// Whether a number says nothing to the executor, which takes 0 for not said.
fn is_zero(key: &str, value: &Node) -> bool {
    let is_number = keys::key(key, true).is_some_and(|(shape, _)| shape == Shape::NumberOrText);
    let read = match key {
        "stop_grace_period" => sizes::seconds(value),
        _ if key.starts_with("mem") || key == "shm_size" => {
            sizes::bytes(value).and_then(|size| i64::try_from(size).ok())
        }
        _ => value.whole(),
    };
    is_number && read == Some(0)
}

fn join(key: &Key, old: &mut Node, new: Node) {
    let place = new.place.clone();
    let is_list = matches!(
        key.text.as_str(),
        "command"
            | "entrypoint"
            | "environment"
            | "dns"
            | "dns_opt"
            | "dns_search"
            | "env_file"
            | "extra_hosts"
            | "tmpfs"
    );
    let (left, right) = match is_list {
        true => (as_list(&key.text, old), as_list(&key.text, &new)),
        false if matches!(key.text.as_str(), "labels" | "sysctls") => (as_map(old), as_map(&new)),
        false => (old.data.clone(), new.data),
    };
    old.data = match (left, right) {
        (Data::List(mut items), Data::List(more)) => {
            items.extend(more);
            Data::List(items)
        }
        (Data::Map(mut entries), Data::Map(more)) => {
            let known: HashMap<String, usize> =
                entries.iter().enumerate().map(|(index, (key, _))| (key.text.clone(), index)).collect();
            for (key, value) in more {
                match known.get(&key.text).and_then(|index| entries.get_mut(*index)) {
                    Some((_, old)) => *old = value,
                    None => entries.push((key, value)),
                }
            }
            Data::Map(entries)
        }
        (_, data) => data,
    };
    old.place = place;
}

/// What the executor keeps as a list, whatever it is written as.
fn as_list(key: &str, node: &Node) -> Data {
    let item = |text: Filled| Node::text_of(text, node.place.clone());
    match &node.data {
        Data::Text(text) if matches!(key, "command" | "entrypoint") => match words::split(text) {
            Ok(words) => Data::List(words.all.into_iter().map(item).collect()),
            // Told where the command is read.
            Err(words::Unclosed) => node.data.clone(),
        },
        Data::Text(text) => Data::List(vec![item(text.clone())]),
        Data::Map(entries) => {
            let pair = |(key, value): &(Key, Node)| {
                let mut text = Filled::from(key.text.as_str());
                if let Some(value) = value.scalar() {
                    text.push_literal("=");
                    value.pieces().iter().for_each(|piece| text.push(piece, piece.value()));
                }
                Node::text_of(text, value.place.clone())
            };
            Data::List(entries.iter().map(pair).collect())
        }
        other => other.clone(),
    }
}

/// `K=V` items as a map.
pub(super) fn as_map(node: &Node) -> Data {
    match &node.data {
        Data::List(items) => {
            let entry = |item: &Node| {
                let text = item.scalar().unwrap_or_default();
                let (name, value) = text.split_once('=').unwrap_or((text, Filled::default()));
                let key = Key { text: name.value().trim_start().to_owned(), place: item.place.clone() };
                (key, Node::text_of(value, item.place.clone()))
            };
            // The last of a name counts, and stands where it is said.
            let mut seen = HashSet::new();
            let mut entries: Vec<(Key, Node)> = items.iter().map(entry).collect();
            entries.reverse();
            entries.retain(|(key, _)| seen.insert(key.text.clone()));
            entries.reverse();
            Data::Map(entries)
        }
        other => other.clone(),
    }
}
