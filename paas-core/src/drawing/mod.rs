//! What pictures are drawn with: elements of SVG, and how wide text is without a font.

mod measure;
mod pen;

pub use measure::{Font, fitted};
pub use pen::Pen;

/// The colour of text.
pub const INK: &str = "#0f172a";
/// The colour of text of less weight.
pub const MUTED: &str = "#475569";
