//! The order of services over random graphs, beside brute force.

mod brute_force;
mod large;

use brute_force::Graph;
use paas_core::release::{Edge, Loop, order};
use proptest::prelude::*;

fn edge(nodes: usize) -> impl Strategy<Value = Edge> {
    (0..nodes, 0..nodes, prop::bool::weighted(0.3), any::<bool>())
        .prop_map(|(from, to, strict, crosses)| Edge { from, to, strict, crosses })
}

fn graph(nodes: std::ops::RangeInclusive<usize>, most_edges: usize) -> impl Strategy<Value = Graph> {
    nodes.prop_flat_map(move |nodes| {
        prop::collection::vec(edge(nodes), 0..=most_edges).prop_map(move |edges| Graph { nodes, edges })
    })
}

/// Graphs that have an order: circles are inside blocks of three, of connections only, and blocks need lower blocks.
/// Indices are dealt out afterwards, so that they say nothing.
fn orderable(nodes: std::ops::RangeInclusive<usize>, most_edges: usize) -> impl Strategy<Value = Graph> {
    graph(nodes, most_edges).prop_flat_map(|graph| {
        let indices = Just((0..graph.nodes).collect::<Vec<_>>()).prop_shuffle();
        indices.prop_map(move |indices| {
            let mut graph = graph.clone();
            for edge in &mut graph.edges {
                let (from, to) = (edge.from, edge.to);
                edge.strict &= from / 3 != to / 3;
                let (from, to) = if from / 3 < to / 3 { (to, from) } else { (from, to) };
                (edge.from, edge.to) = (indices[from], indices[to]);
            }
            graph
        })
    })
}

fn any_small() -> impl Strategy<Value = Graph> {
    prop_oneof![graph(1..=7, 12), orderable(1..=7, 12)]
}

/// The edges of a loop by value, without regard to where they stood in the list.
fn by_value(edges: &[Edge], found: &Loop) -> Vec<Edge> {
    found.edges.iter().map(|&index| edges[index]).collect()
}

proptest! {

    #[test]
    fn each_service_comes_after_all_that_it_must_wait_for(graph in orderable(1..=40, 120)) {
        let reach = graph.reach();
        let order = order(graph.nodes, &graph.edges).unwrap();
        let mut all = order.sequence.clone();
        all.sort_unstable();
        prop_assert_eq!(all, (0..graph.nodes).collect::<Vec<_>>());
        let mut position = vec![0; graph.nodes];
        for (at, &service) in order.sequence.iter().enumerate() {
            position[service] = at;
        }
        prop_assert!(order.sequence.is_sorted_by_key(|&service| order.stage[service]));
        for edge in &graph.edges {
            let (from, to) = (order.stage[edge.from], order.stage[edge.to]);
            if reach.in_one_component(edge.from, edge.to) {
                prop_assert_eq!(from, to);
            } else {
                prop_assert!(from >= to + usize::from(edge.strict || edge.crosses));
                prop_assert!(position[edge.from] > position[edge.to]);
            }
        }
    }

    #[test]
    fn stages_are_those_of_the_least_fixpoint(graph in any_small()) {
        match order(graph.nodes, &graph.edges) {
            Ok(order) => {
                prop_assert!(!graph.has_strict_edge_in_a_component());
                prop_assert_eq!(order.stage, graph.least_stages());
            }
            Err(_) => prop_assert!(graph.has_strict_edge_in_a_component()),
        }
    }

    #[test]
    fn no_other_choice_of_stages_has_fewer(graph in orderable(1..=5, 8)) {
        let order = order(graph.nodes, &graph.edges).unwrap();
        let stages = order.stage.iter().max().map_or(0, |last| last + 1);
        prop_assert_eq!(stages, graph.fewest_stages_of_all_choices());
    }

    #[test]
    fn equal_stages_are_in_the_order_of_the_list_unless_needed_otherwise(graph in orderable(1..=7, 10)) {
        let order = order(graph.nodes, &graph.edges).unwrap();
        prop_assert_eq!(order.sequence, graph.first_sequence(&order.stage));
    }

    #[test]
    fn the_order_of_the_edges_does_not_matter(
        (graph, shuffled) in any_small().prop_flat_map(|graph| {
            let edges = graph.edges.clone();
            (Just(graph), Just(edges).prop_shuffle())
        })
    ) {
        match (order(graph.nodes, &graph.edges), order(graph.nodes, &shuffled)) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (Err(one), Err(other)) => prop_assert_eq!(
                one.iter().map(|found| by_value(&graph.edges, found)).collect::<Vec<_>>(),
                other.iter().map(|found| by_value(&shuffled, found)).collect::<Vec<_>>()
            ),
            (one, other) => prop_assert!(false, "{one:?} but {other:?}"),
        }
    }

    #[test]
    fn loops_are_the_shortest_of_their_components(graph in graph(1..=7, 12)) {
        let loops = order(graph.nodes, &graph.edges).err().unwrap_or_default();
        let mut lengths = Vec::new();
        for found in &loops {
            let edges = by_value(&graph.edges, found);
            prop_assert!(edges[0].strict);
            prop_assert!(edges.iter().zip(edges.iter().cycle().skip(1)).all(|(one, next)| one.to == next.from));
            lengths.push((graph.reach().first_of_component(edges[0].from), edges.len()));
        }
        prop_assert_eq!(lengths, graph.shortest_loops());
    }
}

fn calls(from: usize, to: usize) -> Edge {
    Edge { from, to, strict: false, crosses: false }
}

fn crosses(from: usize, to: usize) -> Edge {
    Edge { crosses: true, ..calls(from, to) }
}

fn depends(from: usize, to: usize) -> Edge {
    Edge { strict: true, ..calls(from, to) }
}

#[test]
fn nothing_at_all_is_in_order() {
    let order = order(0, &[]).unwrap();
    assert!(order.stage.is_empty() && order.sequence.is_empty());
}

#[test]
fn a_circle_of_connections_across_networks_is_one_stage() {
    let order = order(4, &[crosses(0, 1), crosses(1, 0), crosses(3, 0), crosses(1, 2)]).unwrap();
    assert_eq!(order.stage, [1, 1, 0, 2]);
    assert_eq!(order.sequence, [2, 0, 1, 3]);
}

#[test]
fn a_circle_stands_together_after_what_any_of_it_needs() {
    let order = order(4, &[calls(0, 3), calls(3, 0), calls(3, 2)]).unwrap();
    assert_eq!(order.stage, [0, 0, 0, 0]);
    assert_eq!(order.sequence, [1, 2, 0, 3]);
}

#[test]
fn a_network_may_be_in_several_stages() {
    // Both directions between two networks, but no service waits for itself.
    let order = order(4, &[crosses(0, 1), calls(1, 2), crosses(2, 3)]).unwrap();
    assert_eq!(order.stage, [2, 1, 1, 0]);
}

#[test]
fn a_service_that_depends_on_itself_is_a_loop_of_one() {
    assert_eq!(order(2, &[depends(0, 1), depends(1, 1)]), Err(vec![looped(&[1])]));
    assert!(order(1, &[calls(0, 0)]).is_ok());
}

#[test]
fn each_component_shows_its_own_loop_first_service_first() {
    let edges = [depends(3, 2), calls(2, 3), calls(0, 1), depends(1, 0)];
    assert_eq!(order(4, &edges), Err(vec![looped(&[3, 2]), looped(&[0, 1])]));
}

#[test]
fn a_loop_of_connections_is_not_shown_though_it_is_shorter() {
    let edges = [calls(0, 1), calls(1, 0), calls(1, 2), calls(2, 3), depends(3, 0)];
    assert_eq!(order(4, &edges), Err(vec![looped(&[4, 0, 2, 3])]));
}

#[test]
fn of_two_equal_edges_the_first_is_shown() {
    assert_eq!(order(2, &[depends(0, 1), depends(0, 1), calls(1, 0)]), Err(vec![looped(&[0, 2])]));
}

#[test]
fn indices_that_do_not_exist_are_ignored() {
    let order = order(1, &[depends(0, 1), depends(7, 0), calls(usize::MAX, usize::MAX)]).unwrap();
    assert_eq!(order.stage, [0]);
}

/// `Loop` cannot be written down outside its crate: a circle of one edge each gives one to fill.
fn looped(edges: &[usize]) -> Loop {
    let mut found = order(1, &[depends(0, 0)]).unwrap_err().remove(0);
    found.edges = edges.to_vec();
    found
}
