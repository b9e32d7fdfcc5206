//! The order of services: components and stages over a graph.

mod loops;
mod needs;
mod ties;

use needs::{Component, Needs};
use std::{cmp::Reverse, collections::BinaryHeap};
pub(in crate::release) use ties::ties;

/// That the service at index `from` needs the one at index `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Who needs.
    pub from: usize,
    /// Who is needed.
    pub to: usize,
    /// Whether it must be up before (a `dependency`).
    pub strict: bool,
    /// Whether the two are in different networks.
    pub crosses: bool,
}

impl Edge {
    /// How many stages lie between the two, if nothing leads back from the one that is needed.
    fn cost(self) -> usize {
        usize::from(self.strict || self.crosses)
    }
}

/// The order that [`order`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// For each service the index of its stage, from 0.
    pub stage: Vec<usize>,
    /// All services in the order of activation: by stage, and inside a stage after what they need, ties by index.
    ///
    /// Services that need each other in a circle stand together, by index.
    pub sequence: Vec<usize>,
}

/// Services that wait for each other: the shortest loop that holds a `dependency`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loop {
    /// Indices into the edges: each edge begins where the one before it ends, and the last ends where the first begins.
    /// The first is strict.
    pub edges: Vec<usize>,
}

/// Orders `count` services.
///
/// An edge costs a stage if it crosses networks or is strict; an edge inside a strongly connected component costs
/// nothing. The result has the fewest stages such that each service comes after all that it must wait for.
/// It does not depend on the order of the edges. Edges to or from an index of `count` or more are ignored.
///
/// The work is near-linear: `n log n` in services and edges, plus a bounded search for shortest loops. A component's
/// first search always ends; those after it, which look for a shorter loop from each further service with a strict
/// edge, look at no more than a million edges in all. So a loop is the shortest wherever the services with strict
/// edges in components, times the edges there, are fewer than that; in larger tangles it is the shortest of those found.
///
/// ```
/// use paas_core::release::{Edge, order};
///
/// // 0 connects to 1 in its own network, and 1 depends on 2.
/// let edges = [
///     Edge { from: 0, to: 1, strict: false, crosses: false },
///     Edge { from: 1, to: 2, strict: true, crosses: false },
/// ];
/// let order = order(3, &edges).unwrap();
/// assert_eq!(order.stage, [1, 1, 0]);
/// assert_eq!(order.sequence, [2, 1, 0]);
/// ```
///
/// # Errors
/// One [`Loop`] for each strongly connected component that has a strict edge inside, by the first service of the
/// component.
pub fn order(count: usize, edges: &[Edge]) -> Result<Order, Vec<Loop>> {
    let mut needs = Needs::new(count, edges);
    let loops = loops::shortest(&needs);
    if !loops.is_empty() {
        return Err(loops);
    }
    assign_stages(&mut needs);
    Ok(Order { stage: needs.stages(), sequence: sequence(&needs) })
}

/// Gives each component the length of the longest path from it: what it needs has its stage already.
fn assign_stages(needs: &mut Needs) {
    for component in needs.components_from_the_needed() {
        let stage = needs
            .edges_out_of(component)
            .map(|(edge, needed)| needs.stage(needed) + edge.cost())
            .max()
            .unwrap_or(0);
        needs.set_stage(component, stage);
    }
}

/// Takes, again and again, the first component of the lowest stage whose needs are all taken.
fn sequence(needs: &Needs) -> Vec<usize> {
    let mut missing: Vec<usize> =
        needs.components_from_the_needed().map(|component| needs.edges_out_of(component).count()).collect();
    let place = |component: Component| Reverse((needs.stage(component), needs.first(component), component));
    let mut ready: BinaryHeap<_> = needs
        .components_from_the_needed()
        .zip(&missing)
        .filter(|(_, missing)| **missing == 0)
        .map(|(component, _)| place(component))
        .collect();
    let mut sequence = Vec::with_capacity(needs.count());
    while let Some(Reverse((.., component))) = ready.pop() {
        sequence.extend(needs.services(component));
        for needy in needs.components_that_need(component) {
            if let Some(missing) = missing.get_mut(needy.index()) {
                *missing -= 1;
                if *missing == 0 {
                    ready.push(place(needy));
                }
            }
        }
    }
    sequence
}
