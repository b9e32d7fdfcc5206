//! Large graphs end, and soon: nothing calls itself as deep as the graph, and nothing grows with its square.

use super::{calls, crosses, depends};
use paas_core::release::{Edge, order};

const MANY: usize = 100_000;

#[test]
fn a_chain_has_as_many_stages_as_services() {
    let edges: Vec<Edge> = (1..MANY).map(|service| depends(service - 1, service)).collect();
    let order = order(MANY, &edges).unwrap();
    assert_eq!(order.stage.first(), Some(&(MANY - 1)));
    assert!(order.sequence.iter().copied().eq((0..MANY).rev()));
}

#[test]
fn a_circle_of_connections_is_one_stage() {
    let edges: Vec<Edge> = (0..MANY).map(|service| crosses(service, (service + 1) % MANY)).collect();
    let order = order(MANY, &edges).unwrap();
    assert!(order.stage.iter().all(|stage| *stage == 0));
    assert!(order.sequence.into_iter().eq(0..MANY));
}

#[test]
fn a_star_needs_two_stages() {
    let edges: Vec<Edge> = (1..MANY).map(|service| depends(service, 0)).collect();
    let order = order(MANY, &edges).unwrap();
    assert_eq!(order.stage.iter().sum::<usize>(), MANY - 1);
}

#[test]
fn a_circle_of_dependencies_is_shown_whole() {
    // Each further search could only end after 100,000 steps: their sum is bounded.
    let edges: Vec<Edge> = (0..MANY).map(|service| depends(service, (service + 1) % MANY)).collect();
    let loops = order(MANY, &edges).unwrap_err();
    assert_eq!(loops.len(), 1);
    assert!(loops[0].edges.iter().copied().eq(0..MANY));
}

#[test]
fn every_pair_of_many_shows_its_loop() {
    let edges: Vec<Edge> = (0..MANY)
        .map(
            |service| {
                if service % 2 == 0 { calls(service, service + 1) } else { depends(service, service - 1) }
            },
        )
        .collect();
    let loops = order(MANY, &edges).unwrap_err();
    assert_eq!(loops.len(), MANY / 2);
    assert!(loops.iter().enumerate().all(|(at, found)| found.edges == [2 * at + 1, 2 * at]));
}

#[test]
fn a_short_loop_in_a_large_tangle_is_found() {
    // A circle of 2,000 with every tenth edge strict, and one way back of two edges.
    let mut edges: Vec<Edge> = (0..2_000)
        .map(|service| {
            let next = (service + 1) % 2_000;
            if service % 10 == 0 { depends(service, next) } else { calls(service, next) }
        })
        .collect();
    edges.push(calls(1_732, 1_730));
    let loops = order(2_000, &edges).unwrap_err();
    assert_eq!(loops.len(), 1);
    assert_eq!(loops[0].edges, [1_730, 1_731, 2_000]);
}
