//! What the signs mean.

use super::{
    super::{
        colours::MUTED,
        graph::Shape,
        layout::{Area, Side},
    },
    arrow,
    card::{self, Mark},
};
use crate::drawing::{Font, Pen};

const TEXT: Font = Font::new(11, false, MUTED);
const SIGN: i32 = 34;
const GAP: i32 = 8;
const SPACE: i32 = 26;
const ROW: i32 = 28;

#[derive(Clone, Copy)]
enum Sign {
    Service(Shape),
    Stage,
    Mark(Mark),
    Arrow { dependency: bool, crosses: bool },
}

const SIGNS: [(Sign, &str); 9] = [
    (Sign::Service(Shape::Container), "container"),
    (Sign::Service(Shape::LoadBalancer), "load balancer"),
    (Sign::Service(Shape::External), "outside the platform"),
    (Sign::Stage, "stage in which it is activated"),
    (Sign::Mark(Mark::Port), "published port"),
    (Sign::Mark(Mark::Volume), "volume · tier"),
    (Sign::Arrow { dependency: false, crosses: false }, "connects to"),
    (Sign::Arrow { dependency: true, crosses: false }, "depends on: strictly after"),
    (Sign::Arrow { dependency: false, crosses: true }, "crosses networks, with ports to open"),
];

/// Draws it in rows between two edges; the result is the first point below.
pub(super) fn draw(pen: &mut Pen, left: i32, right: i32, top: i32) -> i32 {
    let (mut x, mut y) = (left, top);
    for (sign, words) in SIGNS {
        let width = SIGN + GAP + TEXT.width(words);
        if x > left && x + width > right {
            (x, y) = (left, y + ROW);
        }
        draw_sign(pen, sign, x, y + ROW / 2);
        pen.text(x + SIGN + GAP, y + ROW / 2 + 4, TEXT, words);
        x += width + SPACE;
    }
    y + ROW
}

/// A sign between `x` and `x + SIGN`, around `y`.
fn draw_sign(pen: &mut Pen, sign: Sign, x: i32, y: i32) {
    match sign {
        Sign::Service(shape) => card::outline(pen, shape, Area { x, y: y - 9, width: SIGN, height: 18 }),
        Sign::Stage => card::stage(pen, x + SIGN / 2, y, Some(1)),
        Sign::Mark(mark) => card::mark(pen, mark, x + SIGN / 2, y),
        Sign::Arrow { dependency, crosses } => {
            arrow::line(pen, &format!("M{} {y}H{}", x + SIGN, x + 7), dependency, crosses);
            arrow::head(pen, (x, y), Side::Right, crosses);
            if crosses {
                arrow::mark(pen, x + SIGN / 2 + 3, y);
            }
        }
    }
}
