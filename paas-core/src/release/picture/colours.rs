//! Colours that say something, the same in all pictures; they differ in brightness too, for print without colour.

use crate::release::difference::Fate;

pub(in crate::release) use crate::drawing::{INK, MUTED};

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

/// The ground and the edge of a service by what became of it, and whether its edge is dashed.
pub(in crate::release) fn fate(fate: Fate) -> (&'static str, &'static str, bool) {
    match fate {
        Fate::Added => ("#dcfce7", "#15803d", false),
        Fate::Moved => ("#ede9fe", "#6d28d9", false),
        Fate::Recreated => ("#ffedd5", "#c2410c", false),
        Fate::Upgraded => ("#dbeafe", "#1d4ed8", false),
        Fate::Relinked => ("#cffafe", "#0e7490", false),
        Fate::Scaled => ("#fef9c3", "#a16207", false),
        Fate::Recorded => ("#f8fafc", "#475569", false),
        Fate::Removed => ("#fee2e2", "#b91c1c", true),
    }
}
