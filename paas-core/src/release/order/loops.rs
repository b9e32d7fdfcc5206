//! The shortest loop through a strict edge.

use super::{
    Loop,
    needs::{Component, Needs, Numbered},
};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// How many edges all searches may look at together, besides the first search of each component.
const EDGES_TO_LOOK_AT: usize = 1 << 20;

/// For each component with a strict edge inside the shortest loop through one, by the component's first service.
pub(super) fn shortest(needs: &Needs) -> Vec<Loop> {
    let mut components: Vec<Component> = needs.components_from_the_needed().collect();
    components.sort_unstable_by_key(|component| needs.first(*component));
    let mut budget = EDGES_TO_LOOK_AT;
    components.into_iter().filter_map(|component| shortest_in(needs, component, &mut budget)).collect()
}

/// Searches from each service with a strict edge, each time only for loops shorter than the one that is known.
fn shortest_in(needs: &Needs, component: Component, budget: &mut usize) -> Option<Loop> {
    let mut shortest: Option<Loop> = None;
    for service in needs.services(component) {
        if needs.edges_inside(service).any(|numbered| numbered.edge.strict) {
            let shorter = match &shortest {
                None => search(needs, service, usize::MAX, &mut { usize::MAX }),
                Some(known) => search(needs, service, known.edges.len() - 1, budget),
            };
            shortest = shorter.or(shortest);
        }
    }
    shortest
}

/// The shortest loop that begins with a strict edge of `start`, if there is one of at most `longest` edges.
///
/// A search in breadth: all services one strict edge away, then all one more edge away, until it is back.
fn search(needs: &Needs, start: usize, longest: usize, budget: &mut usize) -> Option<Loop> {
    let mut arrivals: FxHashMap<usize, Numbered> = FxHashMap::default();
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((service, length)) = queue.pop_front() {
        if length == longest {
            return None;
        }
        for numbered in needs.edges_inside(service) {
            *budget = budget.checked_sub(1)?;
            let to = numbered.edge.to;
            if length == 0 && !numbered.edge.strict {
                continue;
            }
            if to == start {
                return Some(way_back(&arrivals, start, numbered));
            }
            arrivals.entry(to).or_insert_with(|| {
                queue.push_back((to, length + 1));
                numbered
            });
        }
    }
    None
}

/// The edges by which the search came from `start` to `last`, which closes the loop.
fn way_back(arrivals: &FxHashMap<usize, Numbered>, start: usize, last: Numbered) -> Loop {
    let mut edges = vec![last.index];
    let mut service = last.edge.from;
    while service != start
        && let Some(arrival) = arrivals.get(&service)
    {
        edges.push(arrival.index);
        service = arrival.edge.from;
    }
    edges.reverse();
    Loop { edges }
}
