//! Where everything goes: networks are lanes from top to bottom, stages are columns from left to right.
//!
//! It is the layered method: services into columns ([`columns`]), long arrows gathered into trunks that run through the
//! columns between ([`routes`]), order and height in each column by the mean of the neighbours ([`place`]). Arrows then
//! change height only in the gutters between columns, where nothing else is. Sums, means and comparisons are all that is
//! done with fractions, so the same release gives the same numbers on every machine.
#![expect(clippy::indexing_slicing, reason = "every index is made from the vector that it goes into")]

mod across;
mod columns;
mod gates;
mod place;
mod ports;
mod routes;
mod strokes;

use super::graph::Graph;
use across::Across;
use columns::Columns;
use gates::Gates;
use place::Heights;
use routes::Routes;

/// The space between two lanes: the firewall, so to say.
pub(super) const LANE_GAP: i32 = 16;
const LANE_MARGIN: i32 = 12;
const NODE_GAP: i32 = 18;

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A side of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
}

/// A stage's columns; `None`: of services that no stage activates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StageSpan {
    pub(super) number: Option<u32>,
    pub(super) x: i32,
    pub(super) width: i32,
    /// The middle of the gutter on the left.
    pub(super) border: i32,
}

/// A line along points; between two of another height it is a curve, level where it begins and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stroke {
    /// The arrow that it shows; `None`: the part that several share.
    pub(super) arrow: Option<usize>,
    pub(super) dependency: bool,
    pub(super) crosses: bool,
    pub(super) points: Vec<(i32, i32)>,
    /// Where it crosses networks.
    pub(super) gate: Option<Gate>,
    /// It ends at a service, which it enters from this side.
    pub(super) enters: Option<Side>,
}

/// How a line crosses networks with its first curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gate {
    /// Where it goes up or down.
    pub(super) x: i32,
    /// The middle of the gap between lanes that it goes through first.
    pub(super) y: i32,
    /// Whether there is room for its label.
    pub(super) labelled: bool,
}

/// What the layout must know of the drawing.
pub(super) struct Measures {
    /// For each service.
    pub(super) cards: Vec<Size>,
    /// For each arrow the width of its label; 0: it has none.
    pub(super) labels: Vec<i32>,
    /// Where columns begin.
    pub(super) left: i32,
    /// Where lanes begin.
    pub(super) top: i32,
    /// No lane is lower.
    pub(super) lane_height: i32,
}

/// Where everything is.
pub(super) struct Layout {
    /// One for each part.
    pub(super) lanes: Vec<Area>,
    pub(super) stages: Vec<StageSpan>,
    /// One for each service.
    pub(super) cards: Vec<Area>,
    pub(super) strokes: Vec<Stroke>,
    /// The first point right of all columns.
    pub(super) right: i32,
    /// The first point below all lanes.
    pub(super) bottom: i32,
}

impl Layout {
    pub(super) fn of(graph: &Graph<'_>, measures: &Measures) -> Self {
        let columns = Columns::of(graph);
        let heights: Vec<i32> = measures.cards.iter().map(|size| size.height + NODE_GAP).collect();
        let routes = Routes::of(graph, &columns, &heights);
        let parts = graph.release.parts.len();
        let placed = Heights::of(&routes, parts, measures.top, measures.lane_height);
        let gates = Gates::of(&routes, &columns, &measures.labels);
        let across = Across::of(&columns, &routes, &gates, measures);

        let card = |(node, size): (usize, &Size)| {
            let (x, width) = across.columns[columns.of_node[node]];
            Area { x, y: placed.centre[node] - size.height / 2, width, height: size.height }
        };
        let cards: Vec<Area> = measures.cards.iter().enumerate().map(card).collect();
        let strokes = strokes::strokes(&routes, &gates, &placed, &across, &cards);
        let lane = |&(y, height): &(i32, i32)| Area {
            x: measures.left,
            y,
            width: across.right - measures.left,
            height,
        };
        Self {
            lanes: placed.lanes.iter().map(lane).collect(),
            bottom: placed.lanes.last().map_or(measures.top, |(y, height)| y + height),
            cards,
            strokes,
            right: across.right,
            stages: across.stages,
        }
    }
}

/// So many parts of a length.
fn share(length: i32, part: i64, of: i64) -> i32 {
    i32::try_from(i64::from(length) * part / of.max(1)).unwrap_or(length)
}
