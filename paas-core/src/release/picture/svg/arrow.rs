//! A line of the layout: curves, head, and the mark where it crosses networks.

use super::{
    super::{
        colours::{CROSSING, MUTED},
        graph::{Arrow, Graph},
        layout::{Gate, Side, Stroke},
    },
    words,
};
use crate::drawing::{Font, Pen};
use std::fmt::Write;

const PORTS: Font = Font::new(10, false, CROSSING);
const HEAD: i32 = 8;

/// The width of an arrow's label.
pub(super) fn label_width(arrow: &Arrow<'_>) -> i32 {
    if arrow.ports.is_empty() { 0 } else { PORTS.width(&arrow.ports) }
}

pub(super) fn draw(pen: &mut Pen, graph: &Graph<'_>, stroke: &Stroke) {
    let arrow = stroke.arrow.and_then(|index| graph.arrows.get(index));
    pen.raw(format_args!("<g>"));
    if let Some(arrow) = arrow {
        pen.element("title", &words::sentence(graph, arrow));
    }
    line(pen, &path(stroke), stroke.dependency, stroke.crosses);
    if let (Some(side), Some(&end)) = (stroke.enters, stroke.points.last()) {
        head(pen, end, side, stroke.crosses);
    }
    if let (Some(arrow), Some(gate)) = (arrow, stroke.gate) {
        mark(pen, gate.x, gate.y);
        if gate.labelled && !arrow.ports.is_empty() {
            pen.outlined(gate.x + 9, gate.y + 4, PORTS, &arrow.ports);
        }
    }
    pen.raw(format_args!("</g>"));
}

/// The line itself, along a path.
pub(super) fn line(pen: &mut Pen, path: &str, dependency: bool, crosses: bool) {
    let (colour, width) = if crosses { (CROSSING, "1.8") } else { (MUTED, "1.4") };
    let dashes = if dependency { " stroke-dasharray=\"6 4\"" } else { "" };
    pen.raw(format_args!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}/>"
    ));
}

/// The head of an arrow that touches this side of a service.
pub(super) fn head(pen: &mut Pen, (x, y): (i32, i32), side: Side, crosses: bool) {
    let colour = if crosses { CROSSING } else { MUTED };
    let back = outwards(side, HEAD);
    pen.raw(format_args!("<path d=\"M{x} {y}l{back} -4v8z\" fill=\"{colour}\"/>"));
}

/// The mark of crossing networks.
pub(super) fn mark(pen: &mut Pen, x: i32, y: i32) {
    pen.raw(format_args!(
        "<path d=\"M{} {y}l5 -5l5 5l-5 5z\" fill=\"#ffffff\" stroke=\"{CROSSING}\" stroke-width=\"1.6\"/>",
        x - 5
    ));
}

fn path(stroke: &Stroke) -> String {
    let mut path = String::new();
    let mut points = stroke.points.iter().copied().peekable();
    let Some(mut from) = points.next() else { return path };
    let mut gate = stroke.gate;
    let _ = write!(path, "M{} {}", from.0, from.1);
    while let Some(to) = points.next() {
        // The head covers the end.
        let back = match stroke.enters {
            Some(side) if points.peek().is_none() => outwards(side, HEAD - 1),
            _ => 0,
        };
        let end = (to.0 + back, to.1);
        // Writing to a string cannot fail.
        if let Some(gate) = gate.take() {
            through(&mut path, gate, from, end);
        } else if from.1 == to.1 && from.0 != to.0 {
            let _ = write!(path, "H{}", end.0);
        } else {
            let middle = middle(from, to);
            let _ = write!(path, "C{middle} {} {middle} {} {} {}", from.1, to.1, end.0, end.1);
        }
        from = to;
    }
    path
}

/// Where both control points of a curve are: half-way, or to the right if it returns to the same column.
fn middle(from: (i32, i32), to: (i32, i32)) -> i32 {
    if from.0 == to.0 { from.0 + (24 + (from.1 - to.1).abs() / 8).min(56) } else { (from.0 + to.0) / 2 }
}

fn outwards(side: Side, by: i32) -> i32 {
    match side {
        Side::Left => -by,
        Side::Right => by,
    }
}

/// A curve that goes straight up or down where it crosses from network to network.
fn through(path: &mut String, gate: Gate, from: (i32, i32), to: (i32, i32)) {
    // Corners are as round as a third of the way allows.
    let third = |far: i32, near: i32| near + (far - near) / 3;
    let Gate { x, y, .. } = gate;
    // Writing to a string cannot fail.
    let _ = write!(path, "C{} {} {x} {} {x} {y}", third(from.0, x), from.1, third(y, from.1));
    let _ = write!(path, "C{x} {} {} {} {} {}", third(y, to.1), third(to.0, x), to.1, to.0, to.1);
}
