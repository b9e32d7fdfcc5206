//! Where at the sides of services lines begin and end.

use super::{
    Area, Side,
    place::Heights,
    routes::{ItemKind, Route, Routes, Style},
    share,
};
use std::collections::BTreeMap;

const STEP: i32 = 9;
const CORNER: i32 = 10;

/// Lines that share a point: all of a style that come in, and those of a style that go out to the same item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    node: usize,
    side: Side,
    /// `None`: they come in.
    to: Option<usize>,
    style: Style,
}

/// The heights of all points.
pub(super) struct Ports {
    y: BTreeMap<Group, i32>,
    columns: Vec<usize>,
}

impl Ports {
    /// Points of one side are in the order of what is at the other ends.
    pub(super) fn of(routes: &Routes, placed: &Heights, cards: &[Area]) -> Self {
        let columns = routes.items.iter().map(|item| item.column).collect();
        let mut ports = Self { y: BTreeMap::new(), columns };
        // For each group the sum and count of the heights of the other ends.
        let mut groups: BTreeMap<Group, (i64, i64)> = BTreeMap::new();
        for route in &routes.list {
            for (at, &item) in route.items.iter().enumerate() {
                if routes.items[item].kind == ItemKind::Node {
                    let other = placed.centre[route.items[if at == 0 { 1 } else { at - 1 }]];
                    let (sum, count) = groups.entry(ports.group(route, at)).or_default();
                    *sum += i64::from(other);
                    *count += 1;
                }
            }
        }
        let mut sorted: Vec<(Group, i64)> =
            groups.into_iter().map(|(group, (sum, count))| (group, sum / count)).collect();
        sorted.sort_by_key(|&(group, other)| (group.node, group.side, other, group));
        for side in sorted.chunk_by(|(a, _), (b, _)| (a.node, a.side) == (b.node, b.side)) {
            let gaps = i32::try_from(side.len()).unwrap_or(i32::MAX) - 1;
            for (at, (group, _)) in (0_i64..).zip(side) {
                let card = cards[group.node];
                let room = STEP.min((card.height - 2 * CORNER) / gaps.max(1));
                // Room may be less than a point for each: they share then.
                let extent = if room > 0 { room * gaps } else { card.height - 2 * CORNER };
                let offset = share(extent, at, i64::from(gaps)) - extent / 2;
                ports.y.insert(*group, card.y + card.height / 2 + offset);
            }
        }
        ports
    }

    /// The side and height at which a route touches the service at this index of its items.
    pub(super) fn at(&self, route: &Route, at: usize) -> (Side, i32) {
        let group = self.group(route, at);
        (group.side, self.y.get(&group).copied().unwrap_or_default())
    }

    fn group(&self, route: &Route, at: usize) -> Group {
        let node = route.items[at];
        let goes_out = at == 0;
        let other = route.items[if goes_out { 1 } else { at - 1 }];
        let side = match (route.leftward, self.columns[node] == self.columns[other]) {
            (_, true) => Side::Right,
            (leftward, false) => {
                if leftward == goes_out {
                    Side::Left
                } else {
                    Side::Right
                }
            }
        };
        Group { node, side, to: goes_out.then_some(other), style: route.style }
    }
}
