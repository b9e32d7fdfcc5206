//! From a sequence back to the order of those that could have stood in either order.

use super::{Edge, assign_stages, needs::Needs};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Pairs of services of which the first must have the lower index, so that [`order`](super::order()) gives this
/// sequence. If it came from there, the pairs do not contradict each other.
pub(in crate::release) fn ties(count: usize, edges: &[Edge], sequence: &[usize]) -> Vec<(usize, usize)> {
    let mut needs = Needs::new(count, edges);
    assign_stages(&mut needs);
    // Services that need each other in a circle stand together, by index.
    let mut component_of = vec![usize::MAX; count];
    for component in needs.components_from_the_needed() {
        for service in needs.services(component) {
            if let Some(of) = component_of.get_mut(service) {
                *of = component.index();
            }
        }
    }
    let mut pairs = Vec::new();
    // The first service of each component, in the order of the sequence, and the position of each component in it.
    let mut firsts: Vec<(usize, usize)> = Vec::new();
    let mut position: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last = None;
    for &service in sequence {
        let Some(&component) = component_of.get(service) else { continue };
        match last {
            Some((before, of)) if of == component => pairs.push((before, service)),
            _ => {
                position.entry(component).or_insert(firsts.len());
                firsts.push((service, component));
            }
        }
        last = Some((service, component));
    }
    // When all that each one needs has been taken.
    let mut ready = vec![0; firsts.len()];
    for component in needs.components_from_the_needed() {
        let Some(at) = position.get(&component.index()).and_then(|&at| ready.get_mut(at)) else { continue };
        let needed = needs.edges_out_of(component).filter_map(|(_, needed)| position.get(&needed.index()));
        *at = needed.map(|position| position + 1).max().unwrap_or(0);
    }
    let stages: BTreeMap<usize, usize> =
        needs.components_from_the_needed().map(|it| (it.index(), needs.stage(it))).collect();
    // Of what was ready with each one, the next that was taken; that one was taken before all others of them.
    let mut later: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    for (now, &(service, component)) in firsts.iter().enumerate().rev() {
        while later.peek().is_some_and(|Reverse(next)| ready.get(*next).is_some_and(|ready| *ready > now)) {
            later.pop();
        }
        let next = later.peek().and_then(|Reverse(next)| firsts.get(*next));
        if let Some(&(other, of)) = next.filter(|(_, of)| stages.get(of) == stages.get(&component)) {
            debug_assert_ne!(of, component, "a component stands once");
            pairs.push((service, other));
        }
        later.push(Reverse(now));
    }
    pairs
}
