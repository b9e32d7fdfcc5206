//! Keys that only Rancher gets.

use super::{
    convert::Maker,
    node::{Data, Key, Node},
};
use crate::rancher::options::{self, Fault};
use paas_core::application::{Container, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Passes a key on as it is. What Rancher would not take of it is lost, and nothing else.
pub(super) fn on(maker: &mut Maker<'_>, service: &str, key: &Key, node: &Node, container: &mut Container) {
    if node.is_empty() {
        return maker.findings.kept(Some(service), &key.text, &key.place, "it says nothing");
    }
    let mut node = node.clone();
    if let Some(rule) = options::key(&key.text) {
        loop {
            let faults = options::faults(rule, &plain(&node, maker.secrets));
            if faults.is_empty() {
                break;
            }
            // Without what is told now there are fewer entries.
            if !remove(maker, service, key, &mut node, faults) {
                return;
            }
        }
    }
    let value = maker.value(service, &mut vec![key.text.clone()], &node);
    container.rancher.insert(key.text.clone(), value);
    maker.findings.partly(Some(service), &key.text, &key.place, "only Rancher gets it");
}

/// Takes out the entries that have faults; whether anything is left.
fn remove(maker: &mut Maker<'_>, service: &str, key: &Key, node: &mut Node, faults: Vec<Fault>) -> bool {
    let mut wrong = BTreeMap::new();
    for fault in faults {
        let mut steps = fault.pointer.split('/').skip(2);
        let step = steps.next().map(|step| step.replace("~1", "/").replace("~0", "~"));
        wrong.entry(step.unwrap_or_default()).or_insert(fault.message);
    }
    let (mut lost, mut index) = (Vec::new(), 0);
    match &mut node.data {
        Data::List(items) => items.retain(|item| {
            let why = wrong.remove(&index.to_string());
            index += 1;
            why.map(|why| lost.push((item.place.clone(), why))).is_none()
        }),
        Data::Map(entries) => entries.retain(|(key, value)| {
            let why = wrong.remove(&key.text);
            why.map(|why| lost.push((value.place.clone(), why))).is_none()
        }),
        _ => {}
    }
    let is_over = !wrong.is_empty() || node.is_empty();
    lost.extend(wrong.into_values().map(|why| (node.place.clone(), why)));
    for (place, why) in lost {
        maker.findings.lost(Some(service), &key.text, &place, why);
    }
    !is_over
}

/// The value as Rancher would get it.
fn plain(node: &Node, secrets: &BTreeSet<String>) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Boolean(flag) => Value::Boolean(*flag),
        Data::Integer(number) => Value::Integer(*number),
        Data::Float(number) => Value::Float(*number),
        Data::Text(text) => Value::Text(text.to_text(secrets)),
        Data::List(items) => Value::List(items.iter().map(|item| plain(item, secrets)).collect()),
        Data::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.text.clone(), plain(value, secrets))).collect())
        }
    }
}
