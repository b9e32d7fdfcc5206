//! The picture as SVG: one drawing that needs nothing else.

mod arrow;
mod card;
mod legend;
mod page;
mod words;

pub(super) use page::render;
