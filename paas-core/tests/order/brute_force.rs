//! The same questions answered by looking at everything: slow, and plain to see through.

use paas_core::release::Edge;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) nodes: usize,
    pub(super) edges: Vec<Edge>,
}

/// Who gets where, over one edge or more.
pub(super) struct Reach(Vec<Vec<bool>>);

impl Reach {
    pub(super) fn in_one_component(&self, a: usize, b: usize) -> bool {
        a == b || (self.0[a][b] && self.0[b][a])
    }

    pub(super) fn first_of_component(&self, node: usize) -> usize {
        (0..=node).find(|&other| self.in_one_component(other, node)).unwrap()
    }
}

impl Graph {
    pub(super) fn reach(&self) -> Reach {
        let mut reach = vec![vec![false; self.nodes]; self.nodes];
        for edge in &self.edges {
            reach[edge.from][edge.to] = true;
        }
        for via in 0..self.nodes {
            for from in 0..self.nodes {
                for to in 0..self.nodes {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        Reach(reach)
    }

    pub(super) fn has_strict_edge_in_a_component(&self) -> bool {
        let reach = self.reach();
        self.edges.iter().any(|edge| edge.strict && reach.in_one_component(edge.from, edge.to))
    }

    /// Raises stages until every constraint holds.
    pub(super) fn least_stages(&self) -> Vec<usize> {
        let reach = self.reach();
        let mut stages = vec![0; self.nodes];
        loop {
            let before = stages.clone();
            for edge in &self.edges {
                let inside = reach.in_one_component(edge.from, edge.to);
                let cost = usize::from(!inside && (edge.strict || edge.crosses));
                stages[edge.from] = stages[edge.from].max(stages[edge.to] + cost);
            }
            if stages == before {
                return stages;
            }
        }
    }

    /// Tries every choice of stages for one stage, for two stages, and so on.
    pub(super) fn fewest_stages_of_all_choices(&self) -> usize {
        let reach = self.reach();
        let allowed = |stages: &[usize]| {
            self.edges.iter().all(|edge| {
                if reach.in_one_component(edge.from, edge.to) {
                    stages[edge.from] == stages[edge.to]
                } else if edge.strict || edge.crosses {
                    stages[edge.from] > stages[edge.to]
                } else {
                    stages[edge.from] >= stages[edge.to]
                }
            })
        };
        (1..)
            .find(|&count: &usize| {
                (0..count.pow(u32::try_from(self.nodes).unwrap())).any(|mut number| {
                    let choice: Vec<usize> = (0..self.nodes)
                        .map(|_| {
                            let stage = number % count;
                            number /= count;
                            stage
                        })
                        .collect();
                    allowed(&choice)
                })
            })
            .unwrap()
    }

    /// Component by component: the first service, by stage and index, whose component needs nothing that is not there.
    pub(super) fn first_sequence(&self, stages: &[usize]) -> Vec<usize> {
        let reach = self.reach();
        let mut sequence: Vec<usize> = Vec::new();
        while sequence.len() < self.nodes {
            let waits = |node: usize| {
                self.edges.iter().any(|edge| {
                    reach.in_one_component(edge.from, node)
                        && !reach.in_one_component(edge.to, node)
                        && !sequence.contains(&edge.to)
                })
            };
            let next = (0..self.nodes)
                .filter(|node| !sequence.contains(node) && !waits(*node))
                .min_by_key(|&node| (stages[node], node))
                .unwrap();
            sequence.extend((0..self.nodes).filter(|&node| reach.in_one_component(node, next)));
        }
        sequence
    }

    /// For each component with a loop through a strict edge: its first service and the length of the shortest such.
    pub(super) fn shortest_loops(&self) -> Vec<(usize, usize)> {
        let reach = self.reach();
        let mut shortest: BTreeMap<usize, usize> = BTreeMap::new();
        for edge in self.edges.iter().filter(|edge| edge.strict) {
            let mut lengths = BTreeSet::new();
            self.walk(edge.to, edge.from, &mut vec![edge.to], &mut lengths);
            if let Some(length) = lengths.first() {
                let known = shortest.entry(reach.first_of_component(edge.from)).or_insert(usize::MAX);
                *known = (*known).min(length + 1);
            }
        }
        shortest.into_iter().collect()
    }

    /// The lengths of all paths without repeats.
    fn walk(&self, at: usize, goal: usize, path: &mut Vec<usize>, lengths: &mut BTreeSet<usize>) {
        if at == goal {
            lengths.insert(path.len() - 1);
            return;
        }
        for to in
            self.edges.iter().filter(|edge| edge.from == at).map(|edge| edge.to).collect::<BTreeSet<_>>()
        {
            if !path.contains(&to) {
                path.push(to);
                self.walk(to, goal, path, lengths);
                path.pop();
            }
        }
    }
}
