//! The ways of arrows through the columns.

use super::{super::graph::Graph, columns::Columns};
use std::collections::BTreeMap;

const BEND_HEIGHT: i32 = 12;

/// What has a place in a column.
pub(super) struct Item {
    pub(super) kind: ItemKind,
    pub(super) column: usize,
    pub(super) part: usize,
    /// With the space around it.
    pub(super) height: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// The service whose index is that of the item.
    Node,
    /// Where a trunk passes through.
    Bend,
}

/// How an arrow is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Style {
    pub(super) dependency: bool,
    pub(super) crosses: bool,
}

/// A line over items: from a service to a service, from a service to a trunk, or a trunk to its service.
pub(super) struct Route {
    pub(super) arrow: Option<usize>,
    pub(super) style: Style,
    /// From right to left, as is the rule; other ways close circles.
    pub(super) leftward: bool,
    pub(super) items: Vec<usize>,
}

/// Items (first the services, by their index) and the lines between them.
pub(super) struct Routes {
    pub(super) items: Vec<Item>,
    /// Pairs of items in neighbouring columns, or in the same one, that a line joins.
    pub(super) segments: Vec<(usize, usize)>,
    pub(super) list: Vec<Route>,
}

/// The arrows of one style that come to a service from far away, from one side.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Trunk {
    to: usize,
    style: Style,
    leftward: bool,
}

impl Routes {
    /// `heights` are those of the services.
    pub(super) fn of(graph: &Graph<'_>, columns: &Columns, heights: &[i32]) -> Self {
        let items = graph.nodes.iter().zip(heights).enumerate().map(|(index, (node, &height))| Item {
            kind: ItemKind::Node,
            column: columns.of_node[index],
            part: node.part,
            height,
        });
        let mut routes = Self { items: items.collect(), segments: Vec::new(), list: Vec::new() };

        let mut trunks: BTreeMap<Trunk, Vec<usize>> = BTreeMap::new();
        for (index, arrow) in graph.arrows.iter().enumerate() {
            let style = Style { dependency: arrow.dependency, crosses: arrow.crosses };
            let (from, to) = (columns.of_node[arrow.from], columns.of_node[arrow.to]);
            if from.abs_diff(to) > 1 {
                let trunk = Trunk { to: arrow.to, style, leftward: from > to };
                trunks.entry(trunk).or_default().push(index);
            } else {
                routes.add(Some(index), style, from > to, vec![arrow.from, arrow.to]);
            }
        }
        // Bends cost room and time: beyond this many, long arrows run straight, below the services.
        let mut bends_left = 400 + 4 * graph.nodes.len();
        for (trunk, arrows) in trunks {
            let sources = || arrows.iter().map(|&arrow| (arrow, graph.arrows[arrow].from));
            let to = columns.of_node[trunk.to];
            let far = sources().map(|(_, from)| columns.of_node[from].abs_diff(to)).max().unwrap_or(1);
            let bends = routes.trunk(&trunk, far - 1, &mut bends_left);
            for (arrow, from) in sources() {
                let joins = bends.get(columns.of_node[from].abs_diff(to) - 2).copied();
                let items = vec![from, joins.unwrap_or(trunk.to)];
                routes.add(Some(arrow), trunk.style, trunk.leftward, items);
            }
        }
        routes
    }

    /// The gutter right of the left one of two items: where the line between them changes its height.
    pub(super) fn gutter(&self, a: usize, b: usize) -> usize {
        self.items[a].column.min(self.items[b].column) + 1
    }

    /// The bends of a trunk through so many columns, from its service outwards; none if there are not so many left.
    fn trunk(&mut self, trunk: &Trunk, count: usize, bends_left: &mut usize) -> Vec<usize> {
        let Some(left) = bends_left.checked_sub(count) else { return Vec::new() };
        *bends_left = left;
        let Item { column, part, .. } = self.items[trunk.to];
        let bends: Vec<usize> = (self.items.len()..self.items.len() + count).collect();
        for distance in 1..=count {
            let column = if trunk.leftward { column + distance } else { column - distance };
            self.items.push(Item { kind: ItemKind::Bend, column, part, height: BEND_HEIGHT });
        }
        let way = bends.iter().rev().copied().chain([trunk.to]).collect();
        self.add(None, trunk.style, trunk.leftward, way);
        bends
    }

    fn add(&mut self, arrow: Option<usize>, style: Style, leftward: bool, items: Vec<usize>) {
        let near = |&(a, b): &(usize, usize)| self.items[a].column.abs_diff(self.items[b].column) <= 1;
        self.segments.extend(items.windows(2).map(|pair| (pair[0], pair[1])).filter(near));
        self.list.push(Route { arrow, style, leftward, items });
    }
}
