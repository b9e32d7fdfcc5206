//! Templates that stand for nodes of others (TOSCA 1.3, sections 2.10 and 3.8.13).
//!
//! A node with `directives: [ substitute ]` is replaced by the topology of an imported file whose
//! `substitution_mappings` name its type. The properties of the node are the inputs of that topology; what points at
//! the node points at the nodes that the capabilities are mapped to; and the requirements of the node become those of
//! the nodes that they are mapped to.

mod attributes;
mod check;
mod choice;
mod ends;
mod inputs;
mod redirect;

pub(super) use check::check;
pub(super) use choice::{Template, choose};
pub(super) use ends::{Ends, mapped};
pub(super) use redirect::redirect;

use super::{
    function::Evaluation,
    inputs::{Inputs, Parts, Supply},
    reading::{Reading, Role},
    topology::{self, Topology},
};
use rustc_hash::FxHashMap;

/// Templates that stand for nodes, by the indices of these in their topology.
pub(super) type Stands<'t> = FxHashMap<usize, Ends<'t>>;

/// Puts templates into the places of the nodes that they stand for. Their nodes come after all others.
pub(super) fn carry_out<'t>(
    reading: &Reading<'_, 't>,
    evaluation: &Evaluation<'_, 't>,
    topology: &mut Topology<'t>,
) -> Stands<'t> {
    let mut all = Stands::default();
    if evaluation.substitutes.is_empty() {
        return all;
    }
    let mut chosen: Vec<_> = evaluation.substitutes.iter().collect();
    chosen.sort_by_key(|(index, _)| **index);
    for (&index, template) in chosen {
        let Some(node) = topology.nodes.get_mut(index) else { continue };
        node.is_replaced = true;
        if !reading.enter(template.file, node.at) {
            all.insert(index, Ends::default());
            continue;
        }
        let parts = inputs::parts(evaluation, node, template);
        let inputs = Inputs::read(&parts, reading.library, reading.report);
        let inner = topology::read(reading, template.root, Some(template.topology), &inputs, Role::Nested);
        let outer = node.name;
        all.insert(index, put_in(reading, topology, outer, inner));
    }
    all
}

/// Puts the nodes and policies of a template behind those of the topology that it is a part of.
fn put_in<'t>(
    reading: &Reading<'_, 't>,
    topology: &mut Topology<'t>,
    outer: &'t str,
    inner: Topology<'t>,
) -> Ends<'t> {
    let inside = |name: &str| reading.names.add(format!("{outer}-{name}"));
    let own_names: Vec<&'t str> = inner.nodes.iter().map(topology::Node::own_name).collect();
    for mut node in inner.nodes {
        for requirement in &mut node.requirements {
            let target = requirement.target.checked_sub(inner.base).and_then(|target| own_names.get(target));
            requirement.called = requirement.called.or(target.copied());
        }
        node.name = inside(node.name);
        node.within = if node.within.is_empty() { outer } else { inside(node.within) };
        topology.nodes.push(node);
    }
    for mut policy in inner.policies {
        policy.name = inside(policy.name);
        topology.policies.push(policy);
    }
    topology.incomplete |= inner.incomplete;
    topology.has_deferred |= inner.has_deferred;
    let mut ends = inner.ends;
    ends.outputs = inner.outputs;
    ends
}

/// Checks the imported templates that could stand for nodes and stand for none.
pub(super) fn check_unread(reading: &Reading<'_, '_>) {
    for root in reading.unread() {
        let topology = root.get("topology_template").filter(|it| it.get("substitution_mappings").is_some());
        let Some(topology) = topology.filter(|_| reading.enter(root.file(), root)) else { continue };
        let parts = Parts {
            definitions: topology.get("inputs"),
            secrets: root.get("metadata").and_then(|metadata| metadata.get("secret_inputs")),
            supply: Supply::Nobody,
            file: root.place(),
        };
        let inputs = Inputs::read(&parts, reading.library, reading.report);
        topology::read(reading, root, Some(topology), &inputs, Role::Alone);
    }
}
