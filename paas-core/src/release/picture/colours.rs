//! Colours that say something, the same in all pictures; they differ in brightness too, for print without colour.

/// Text.
pub(super) const INK: &str = "#0f172a";
/// Text of less weight, and arrows inside a network.
pub(super) const MUTED: &str = "#475569";
/// Arrows that cross networks.
pub(super) const CROSSING: &str = "#c2410c";

/// The ground and the edge of a network by its security level.
pub(super) fn network(security_level: Option<&str>) -> (&'static str, &'static str) {
    match security_level {
        Some("low") => ("#fff7ed", "#fdba74"),
        Some("medium") => ("#eff6ff", "#93c5fd"),
        Some("high") => ("#f0fdf4", "#86efac"),
        _ => ("#f8fafc", "#cbd5e1"),
    }
}
