//! Who needs whom, and the strongly connected components of it.

use super::Edge;
use petgraph::{
    Direction::{Incoming, Outgoing},
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

/// The graph of services. Its edges come in an order that follows from what they are, not from where they stood.
pub(super) struct Needs {
    graph: DiGraph<Component, Numbered, usize>,
    /// A component comes after all that it needs; inside, services by index.
    components: Vec<Members>,
}

/// An index into the components.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Component(usize);

impl Component {
    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// An edge and its index in the caller's list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    pub(super) index: usize,
    pub(super) edge: Edge,
}

#[derive(Default)]
struct Members {
    services: Vec<NodeIndex<usize>>,
    stage: usize,
}

impl Needs {
    pub(super) fn new(count: usize, edges: &[Edge]) -> Self {
        let mut graph = graph(count, edges);
        let mut components = Vec::new();
        // Kosaraju's algorithm: that of petgraph for Tarjan's calls itself, as deep as the longest chain.
        for (index, mut services) in kosaraju_scc(&graph).into_iter().enumerate() {
            services.sort_unstable();
            for &service in &services {
                graph[service] = Component(index);
            }
            components.push(Members { services, stage: 0 });
        }
        Self { graph, components }
    }

    /// How many services there are.
    pub(super) fn count(&self) -> usize {
        self.graph.node_count()
    }

    /// All components; each comes after all that it needs.
    pub(super) fn components_from_the_needed(&self) -> impl Iterator<Item = Component> + use<> {
        (0..self.components.len()).map(Component)
    }

    /// Its services, by index.
    pub(super) fn services(&self, component: Component) -> impl Iterator<Item = usize> {
        self.nodes(component).iter().map(|node| node.index())
    }

    /// The first of its services.
    pub(super) fn first(&self, component: Component) -> usize {
        self.services(component).next().unwrap_or(0)
    }

    /// The edges that lead out of it, with the components that they lead to.
    pub(super) fn edges_out_of(&self, component: Component) -> impl Iterator<Item = (Edge, Component)> {
        self.nodes(component)
            .iter()
            .flat_map(|&node| self.graph.edges_directed(node, Outgoing))
            .map(|found| (found.weight().edge, self.graph[found.target()]))
            .filter(move |(_, other)| *other != component)
    }

    /// The components with edges into it, each as often as there are edges.
    pub(super) fn components_that_need(&self, component: Component) -> impl Iterator<Item = Component> {
        self.nodes(component)
            .iter()
            .flat_map(|&node| self.graph.edges_directed(node, Incoming))
            .map(|found| self.graph[found.source()])
            .filter(move |other| *other != component)
    }

    /// The edges of a service that stay inside its component, by the service that they lead to.
    pub(super) fn edges_inside(&self, service: usize) -> impl Iterator<Item = Numbered> {
        let node = NodeIndex::new(service);
        let component = self.graph.node_weight(node);
        self.graph
            .edges(node)
            .filter(move |found| self.graph.node_weight(found.target()) == component)
            .map(|found| *found.weight())
    }

    /// The stage of a component.
    pub(super) fn stage(&self, component: Component) -> usize {
        self.components.get(component.0).map_or(0, |members| members.stage)
    }

    /// Sets the stage of a component.
    pub(super) fn set_stage(&mut self, component: Component, stage: usize) {
        if let Some(members) = self.components.get_mut(component.0) {
            members.stage = stage;
        }
    }

    /// The stage of each service.
    pub(super) fn stages(&self) -> Vec<usize> {
        self.graph.node_weights().map(|component| self.stage(*component)).collect()
    }

    fn nodes(&self, component: Component) -> &[NodeIndex<usize>] {
        self.components.get(component.0).map_or(&[], |members| &members.services)
    }
}

fn graph(count: usize, edges: &[Edge]) -> DiGraph<Component, Numbered, usize> {
    let mut sorted: Vec<Numbered> = edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.from < count && edge.to < count)
        .map(|(index, edge)| Numbered { index, edge: *edge })
        .collect();
    sorted.sort_unstable_by_key(|Numbered { index, edge }| {
        (edge.from, edge.to, !edge.strict, !edge.crosses, *index)
    });
    let mut graph = DiGraph::with_capacity(count, sorted.len());
    for _ in 0..count {
        graph.add_node(Component::default());
    }
    // The graph gives the edges of a node from the last to the first.
    for numbered in sorted.into_iter().rev() {
        let Edge { from, to, .. } = numbered.edge;
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), numbered);
    }
    graph
}
