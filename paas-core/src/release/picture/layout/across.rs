//! Positions from left to right.

use super::{Measures, StageSpan, columns::Columns, gates::Gates, routes::Routes};

const GUTTER: i32 = 40;
const GUTTER_FOR_EACH: i32 = 5;
const GUTTER_MOST: i32 = 130;
const STAGE_GAP: i32 = 12;

/// Edges of columns and of the gutters between them.
pub(super) struct Across {
    /// For each column its left edge and width.
    pub(super) columns: Vec<(i32, i32)>,
    /// For each gutter its left edge and width: that at index `i` is left of column `i`, the last one right of all.
    pub(super) gutters: Vec<(i32, i32)>,
    pub(super) stages: Vec<StageSpan>,
    /// The first point right of the last gutter.
    pub(super) right: i32,
}

impl Across {
    pub(super) fn of(columns: &Columns, routes: &Routes, gates: &Gates, measures: &Measures) -> Self {
        let mut widths = vec![0; columns.count()];
        for (node, size) in measures.cards.iter().enumerate() {
            let width = &mut widths[columns.of_node[node]];
            *width = size.width.max(*width);
        }
        let mut lines = vec![0; columns.count() + 1];
        for &(a, b) in &routes.segments {
            lines[routes.gutter(a, b)] += 1;
        }
        let begins = |column: usize| column == 0 || columns.stage[column] != columns.stage[column - 1];
        let gutter = |index: usize| match index {
            // At the ends only what returns to its column needs room.
            _ if lines[index] == 0 && (index == 0 || index == widths.len()) => GUTTER / 2,
            _ => {
                let stage = if index < widths.len() && begins(index) { STAGE_GAP } else { 0 };
                (GUTTER + lines[index] * GUTTER_FOR_EACH).min(GUTTER_MOST).max(gates.room(index)) + stage
            }
        };

        let mut x = measures.left;
        let mut across =
            Self { columns: Vec::new(), gutters: Vec::new(), stages: Vec::<StageSpan>::new(), right: x };
        for (column, &width) in widths.iter().enumerate() {
            let gap = gutter(column);
            across.gutters.push((x, gap));
            let border = x + gap / 2;
            x += gap;
            match across.stages.last_mut() {
                Some(stage) if !begins(column) => stage.width = x + width - stage.x,
                _ => {
                    let number = columns.numbers[columns.stage[column]];
                    across.stages.push(StageSpan { number, x, width, border });
                }
            }
            across.columns.push((x, width));
            x += width;
        }
        across.gutters.push((x, gutter(widths.len())));
        across.right = x + gutter(widths.len());
        across
    }
}
