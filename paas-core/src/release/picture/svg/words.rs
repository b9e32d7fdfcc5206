//! The picture in words, for those who cannot see it and for the pointer over an arrow.

use super::super::graph::{Arrow, Graph};
use std::fmt::Write;

/// Who needs what, in one sentence without its full stop.
pub(super) fn sentence(graph: &Graph<'_>, arrow: &Arrow<'_>) -> String {
    let name = |index: usize| graph.nodes.get(index).map_or("", |node| node.name);
    let network = |index: usize| {
        let part = graph.nodes.get(index).and_then(|node| graph.release.parts.get(node.part));
        part.map_or("", |part| part.network.name.as_str())
    };
    let verb = if arrow.dependency { "depends on" } else { "connects to" };
    let mut words = format!("{} {verb} {}", name(arrow.from), name(arrow.to));
    // Writing to a string cannot fail.
    if let Some(alias) = arrow.alias {
        let _ = write!(words, " as {alias}");
    }
    if arrow.crosses {
        let _ = write!(words, ", from network {} to network {}", network(arrow.from), network(arrow.to));
    }
    if !arrow.ports.is_empty() {
        let _ = write!(words, ", port {}", arrow.ports);
    }
    words
}

/// How much there is of everything.
pub(super) fn summary(graph: &Graph<'_>) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    format!(
        "{} in {}, activated in {}",
        count(graph.nodes.len(), "service", "services"),
        count(graph.release.parts.len(), "network", "networks"),
        count(graph.release.stages.len(), "stage", "stages"),
    )
}

/// All of the picture.
pub(super) fn description(graph: &Graph<'_>) -> String {
    let mut words = summary(graph);
    words.push('.');
    for (index, part) in graph.release.parts.iter().enumerate() {
        let names: Vec<&str> = graph.nodes_of(index).map(|(_, node)| node.name).collect();
        let _ = write!(words, " Network {}: {}.", part.network.name, names.join(", "));
    }
    for stage in &graph.release.stages {
        let names: Vec<&str> =
            stage.activations.iter().map(|activation| activation.service.as_str()).collect();
        let _ = write!(words, " Stage {}: {}.", stage.number, names.join(", "));
    }
    for arrow in &graph.arrows {
        let _ = write!(words, " {}.", sentence(graph, arrow));
    }
    words
}
