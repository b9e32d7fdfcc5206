//! The picture as a Mermaid state diagram.

use super::{super::StateName, arrows::arrows};
use std::fmt::Write as _;

/// The states and what leads from one to the other, as a Mermaid state diagram.
///
/// ```
/// let picture = paas_core::images::promotion::table::mermaid();
/// assert!(picture.starts_with("stateDiagram-v2\n"));
/// assert!(picture.contains("  in_development --> pending_sync: release\n"), "{picture}");
/// ```
pub fn mermaid() -> String {
    let name = |state: Option<StateName>| state.map_or("[*]", StateName::name);
    let mut picture = String::from("stateDiagram-v2\n");
    for arrow in arrows() {
        let (from, to) = arrow.ends;
        let titles: Vec<&str> = arrow.labels().into_iter().map(|(_, label)| label).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(picture, "  {} --> {}: {}", name(from), name(to), titles.join(", "));
    }
    picture
}
