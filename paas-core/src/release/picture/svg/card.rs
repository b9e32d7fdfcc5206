//! A service: a shape by its kind, with stage, name, count, ports and volumes.

use super::super::{
    colours::{INK, MUTED},
    graph::{Disk, Graph, Node, Shape},
    layout::{Area, Size},
};
use crate::drawing::{Font, Pen};
use std::borrow::Cow;

const NAME: Font = Font::new(13, true, INK);
const SMALL: Font = Font::new(11, false, MUTED);
const NUMBER: Font = Font::new(11, true, "#ffffff");
/// Where text begins.
const INDENT: i32 = 36;
const END: i32 = 12;
const HEAD: i32 = 46;
const ROW: i32 = 17;
const FOOT: i32 = 5;
const LEAST_WIDTH: i32 = 128;
const MOST_WIDTH: i32 = 260;

/// The place that a service needs.
pub(super) fn size(graph: &Graph<'_>, node: &Node<'_>) -> Size {
    let rows = rows(graph, node);
    let widest = rows.iter().map(|row| SMALL.width(&row.text)).max().unwrap_or_default();
    let text = widest.max(SMALL.width(&node.kind)).max(NAME.width(node.name));
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX / ROW / 2);
    let height = if count == 0 { HEAD } else { HEAD + count * ROW + FOOT };
    Size { width: text.saturating_add(INDENT + END).clamp(LEAST_WIDTH, MOST_WIDTH), height }
}

pub(super) fn draw(pen: &mut Pen, graph: &Graph<'_>, node: &Node<'_>, area: Area) {
    let Area { x, y, width, .. } = area;
    pen.raw(format_args!("<g>"));
    pen.element("title", node.name);
    outline(pen, node.shape, area);
    stage(pen, x + 19, y + 23, node.stage());
    let room = width - INDENT - END;
    pen.fitted(x + INDENT, y + 20, NAME, room, node.name);
    pen.fitted(x + INDENT, y + 36, SMALL, room, &node.kind);
    for (row, line) in rows(graph, node).iter().zip((1..).map(|row| y + HEAD - 5 + row * ROW)) {
        mark(pen, row.mark, x + 19, line - 4);
        pen.fitted(x + INDENT, line, SMALL, room, &row.text);
    }
    pen.raw(format_args!("</g>"));
}

pub(super) fn outline(pen: &mut Pen, shape: Shape, area: Area) {
    let Area { x, y, width, height } = area;
    let rectangle = format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
    match shape {
        Shape::Container => {
            pen.raw(format_args!("{rectangle} rx=\"5\" fill=\"#ffffff\" stroke=\"#334155\" stroke-width=\"1.3\"/>"));
        }
        Shape::External => pen.raw(format_args!(
            "{rectangle} rx=\"{}\" fill=\"#ffffff\" stroke=\"#334155\" stroke-width=\"1.3\" stroke-dasharray=\"3 3\"/>",
            (height / 2).min(20)
        )),
        Shape::LoadBalancer => {
            let cut = (height / 4).min(11);
            let (straight, upright) = (width - 2 * cut, height - 2 * cut);
            pen.raw(format_args!(
                "<path d=\"M{} {y}h{straight}l{cut} {cut}v{upright}l-{cut} {cut}h-{straight}l-{cut} -{cut}v-{upright}z\" \
                 fill=\"#e0e7ff\" stroke=\"#3730a3\" stroke-width=\"1.6\"/>",
                x + cut
            ));
        }
    }
}

/// The number of a stage in a disc.
pub(super) fn stage(pen: &mut Pen, x: i32, y: i32, number: Option<u32>) {
    pen.raw(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"10\" fill=\"#334155\"/>"));
    let number = number.map_or(Cow::Borrowed("–"), |number| Cow::Owned(number.to_string()));
    let font = if number.len() > 2 { Font { size: 8, ..NUMBER } } else { NUMBER };
    pen.centred(x, y + 4, font, &number);
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Address,
    Port,
    Volume,
}

/// A small sign around a point.
pub(super) fn mark(pen: &mut Pen, mark: Mark, x: i32, y: i32) {
    let line = "stroke=\"#334155\" stroke-width=\"1.2\"";
    match mark {
        // A globe.
        Mark::Address => pen.raw(format_args!(
            "<path d=\"M{} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0h10M{x} {}a6 6 0 0 0 0 10a6 6 0 0 0 0 -10\" fill=\"none\" \
             {line}/>",
            x - 5,
            y - 5
        )),
        // An arrow to a wall.
        Mark::Port => pen.raw(format_args!(
            "<path d=\"M{} {y}h8m-3 -3l3 3l-3 3M{} {}v10\" fill=\"none\" {line}/>",
            x - 6,
            x + 5,
            y - 5
        )),
        // A cylinder.
        Mark::Volume => pen.raw(format_args!(
            "<path d=\"M{} {}a5 2 0 1 0 10 0a5 2 0 1 0 -10 0v7a5 2 0 0 0 10 0v-7\" fill=\"#ffffff\" {line}/>",
            x - 5,
            y - 3
        )),
    }
}

struct Row {
    mark: Mark,
    text: String,
}

fn rows(graph: &Graph<'_>, node: &Node<'_>) -> Vec<Row> {
    let address = node.address.iter().map(|address| Row { mark: Mark::Address, text: address.clone() });
    let ports = (!node.ports.is_empty()).then(|| Row { mark: Mark::Port, text: node.ports.join(", ") });
    let volumes = node.mounts.iter().filter_map(|mounting| {
        let Disk { name, tier, .. } = graph.disks.get(mounting.disk)?;
        let tier = tier.map(|tier| format!(" · {tier}")).unwrap_or_default();
        let mode = if mounting.read_only { " · read only" } else { "" };
        Some(Row { mark: Mark::Volume, text: format!("{name}{tier}{mode}") })
    });
    address.chain(ports).chain(volumes).collect()
}
