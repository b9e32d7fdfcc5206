//! Services into columns.

use super::super::graph::{Graph, Node};

/// A stage has at least this many columns before what waits in a row shares one.
const LEAST_COLUMNS: usize = 8;
/// A lane has at least this many rows before they go into the next column.
const LEAST_ROWS: usize = 6;

/// For each service its column.
pub(super) struct Columns {
    pub(super) of_node: Vec<usize>,
    /// For each column the index of its stage.
    pub(super) stage: Vec<usize>,
    /// For each stage its number, ascending; `None`, the last: no stage.
    pub(super) numbers: Vec<Option<u32>>,
}

impl Columns {
    /// Stages from left to right; in a stage, a service is right of those of the same stage that it needs.
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let mut numbers: Vec<Option<u32>> = graph.nodes.iter().map(Node::stage).collect();
        let key = |number: Option<u32>| (number.is_none(), number);
        numbers.sort_unstable_by_key(|number| key(*number));
        numbers.dedup();
        let slots: Vec<usize> = graph
            .nodes
            .iter()
            .map(|node| {
                numbers.binary_search_by_key(&key(node.stage()), |number| key(*number)).unwrap_or_default()
            })
            .collect();
        let ranks = compressed(&slots, numbers.len(), ranks(graph, &slots));

        let rows = LEAST_ROWS.max((graph.nodes.len() * 2).isqrt());
        let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
        order.sort_by_key(|&node| (slots[node], ranks[node], graph.nodes[node].part, node));
        let mut of_node = vec![0; graph.nodes.len()];
        let mut stage = Vec::new();
        for column in order.chunk_by(|&a, &b| (slots[a], ranks[a]) == (slots[b], ranks[b])) {
            let lanes = || column.chunk_by(|&a, &b| graph.nodes[a].part == graph.nodes[b].part);
            let tallest = lanes().map(<[usize]>::len).max().unwrap_or_default();
            let count = tallest.div_ceil(rows);
            for lane in lanes() {
                let height = lane.len().div_ceil(count);
                for (row, &node) in lane.iter().enumerate() {
                    of_node[node] = stage.len() + row / height;
                }
            }
            stage.extend(column.first().map(|&node| vec![slots[node]; count]).into_iter().flatten());
        }
        Self { of_node, stage, numbers }
    }

    pub(super) fn count(&self) -> usize {
        self.stage.len()
    }
}

/// For each service the longest way over services of its stage that come before it there and that it needs.
fn ranks(graph: &Graph<'_>, slots: &[usize]) -> Vec<usize> {
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for arrow in graph.arrows.iter().filter(|arrow| slots[arrow.from] == slots[arrow.to]) {
        needs[arrow.from].push(arrow.to);
    }
    let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
    order.sort_by_key(|&node| (slots[node], graph.nodes[node].activation, node));
    let mut ranks: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    for node in order {
        let before = needs[node].iter().filter_map(|&need| ranks[need]).max();
        ranks[node] = Some(before.map_or(0, |rank| rank + 1));
    }
    ranks.into_iter().map(Option::unwrap_or_default).collect()
}

/// A very long row of services inside one stage would make a very wide picture: ranks are put together then.
fn compressed(slots: &[usize], stages: usize, mut ranks: Vec<usize>) -> Vec<usize> {
    let mut sizes = vec![0_usize; stages];
    let mut counts = vec![0; stages];
    for (&slot, &rank) in slots.iter().zip(&ranks) {
        sizes[slot] += 1;
        counts[slot] = counts[slot].max(rank + 1);
    }
    for (&slot, rank) in slots.iter().zip(&mut ranks) {
        let most = LEAST_COLUMNS.max((sizes[slot] * 2).isqrt());
        if counts[slot] > most {
            *rank = *rank * most / counts[slot];
        }
    }
    ranks
}
