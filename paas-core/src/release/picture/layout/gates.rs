//! Lines that cross networks go up or down one beside the other, so that their marks and labels do not meet.

use super::{
    Gate, LANE_GAP,
    across::Across,
    columns::Columns,
    place::Heights,
    routes::{Route, Routes},
    share,
};

/// From the edges of a gutter: heads of arrows are there.
const EDGE: i32 = 16;
/// A mark and the space around it.
const MARK: i32 = 22;
const MOST: i32 = 320;

/// The crossing lines of each gutter.
pub(super) struct Gates {
    gutters: Vec<Vec<Crossing>>,
}

struct Crossing {
    arrow: usize,
    /// The items that its first curve joins.
    ends: (usize, usize),
    label: i32,
}

impl Gates {
    /// `labels` are the widths of the arrows' labels.
    pub(super) fn of(routes: &Routes, columns: &Columns, labels: &[i32]) -> Self {
        let mut gutters: Vec<Vec<Crossing>> = Vec::new();
        gutters.resize_with(columns.count() + 1, Vec::new);
        for route in routes.list.iter().filter(|route| route.style.crosses) {
            if let (&Route { arrow: Some(arrow), .. }, [from, to, ..]) = (route, &*route.items) {
                let crossing = Crossing { arrow, ends: (*from, *to), label: labels[arrow] };
                gutters[routes.gutter(*from, *to)].push(crossing);
            }
        }
        Self { gutters }
    }

    /// How wide a gutter should be.
    pub(super) fn room(&self, gutter: usize) -> i32 {
        let crossings = &self.gutters[gutter];
        if crossings.is_empty() { 0 } else { (needed(crossings).saturating_add(2 * EDGE)).min(MOST) }
    }

    /// For each arrow that crosses networks where it does so.
    pub(super) fn placed(
        &self,
        routes: &Routes,
        heights: &Heights,
        across: &Across,
        arrows: usize,
    ) -> Vec<Option<Gate>> {
        let mut gates = vec![None; arrows];
        for (crossings, &(left, width)) in self.gutters.iter().zip(&across.gutters) {
            let room = width - 2 * EDGE;
            let labelled = needed(crossings) <= room;
            let count = i32::try_from(crossings.len()).unwrap_or(i32::MAX);
            let spare = if labelled { (room - needed(crossings)) / count.saturating_add(1) } else { 0 };
            let mut x = left + EDGE + spare;
            for (index, crossing) in (0_i64..).zip(in_order(crossings, heights)) {
                let (from, to) = (heights.centre[crossing.ends.0], heights.centre[crossing.ends.1]);
                let (lane, height) = heights.lanes[routes.items[crossing.ends.0].part];
                let y = if to > from { lane + height + LANE_GAP / 2 } else { lane - LANE_GAP / 2 };
                let even = left + EDGE + share(room, 2 * index + 1, 2 * i64::from(count));
                let at = if labelled { x + MARK / 2 } else { even };
                gates[crossing.arrow] = Some(Gate { x: at, y, labelled });
                x += slot(crossing) + spare;
            }
        }
        gates
    }
}

/// From left to right: what goes down, the highest first, then what goes up, the lowest first. So lines from one column
/// do not cross each other more than they must.
fn in_order<'a>(crossings: &'a [Crossing], heights: &Heights) -> Vec<&'a Crossing> {
    let mut ordered: Vec<&Crossing> = crossings.iter().collect();
    ordered.sort_by_key(|crossing| {
        let (from, to) = (heights.centre[crossing.ends.0], heights.centre[crossing.ends.1]);
        if to > from { (0, from, to) } else { (1, -from, -to) }
    });
    ordered
}

fn needed(crossings: &[Crossing]) -> i32 {
    crossings.iter().fold(0, |sum: i32, crossing| sum.saturating_add(slot(crossing)))
}

fn slot(crossing: &Crossing) -> i32 {
    crossing.label.saturating_add(MARK)
}
