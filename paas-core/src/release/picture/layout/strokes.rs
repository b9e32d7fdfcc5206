//! Routes as lines of points.

use super::{
    Area, Side, Stroke,
    across::Across,
    gates::Gates,
    place::Heights,
    ports::Ports,
    routes::{ItemKind, Route, Routes},
};

/// In the order in which they are drawn: what crosses networks lies over the others, then as in the release.
pub(super) fn strokes(
    routes: &Routes,
    gates: &Gates,
    placed: &Heights,
    across: &Across,
    cards: &[Area],
) -> Vec<Stroke> {
    let ports = Ports::of(routes, placed, cards);
    let arrows = routes.list.iter().filter(|route| route.arrow.is_some()).count();
    let gates = gates.placed(routes, placed, across, arrows);
    let stroke = |route: &Route| {
        let mut points = Vec::with_capacity(route.items.len() * 2);
        let mut enters = None;
        for (at, &item) in route.items.iter().enumerate() {
            let (x, width) = across.columns[routes.items[item].column];
            match routes.items[item].kind {
                ItemKind::Node => {
                    let (side, y) = ports.at(route, at);
                    points.push((if side == Side::Left { x } else { x + width }, y));
                    enters = (at > 0).then_some(side);
                }
                ItemKind::Bend => {
                    // In at the near edge of the column, out at the far one, unless it ends here.
                    let y = placed.centre[item];
                    let (near, far) = if route.leftward { (x + width, x) } else { (x, x + width) };
                    points.push((near, y));
                    if at + 1 < route.items.len() {
                        points.push((far, y));
                    }
                }
            }
        }
        let (dependency, crosses) = (route.style.dependency, route.style.crosses);
        let gate = route.arrow.and_then(|arrow| gates[arrow]);
        Stroke { arrow: route.arrow, dependency, crosses, points, gate, enters }
    };
    let mut strokes: Vec<Stroke> = routes.list.iter().map(stroke).collect();
    strokes.sort_by_key(|stroke| (stroke.crosses, stroke.arrow.is_some(), stroke.arrow));
    strokes
}
