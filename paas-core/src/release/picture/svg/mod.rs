//! The picture as SVG: one drawing that needs nothing else.

mod arrow;
mod card;
mod legend;
mod measure;
mod page;
mod pen;
mod words;

pub(super) use page::render;
