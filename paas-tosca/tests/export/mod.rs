//! Applications as templates again.

mod extras;
mod fields;
mod templates;
