//! Plans, progress and states as text.

mod list;
mod plan;
mod progress;
mod status;
mod words;

pub use list::operations;
pub use plan::plan;
pub use progress::Progress;
pub use status::{changes, status};

use super::printable;

/// Rows in columns, each as wide as its widest cell; two blanks before each.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = printable(cell).chars().count();
            match widths.get_mut(column) {
                Some(known) => *known = width.max(*known),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let line = row
            .iter()
            .zip(&widths)
            .fold(String::new(), |line, (cell, &width)| format!("{line}  {:<width$}", printable(cell)));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
