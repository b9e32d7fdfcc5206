//! Pictures.

use super::Release;

/// As a Mermaid flowchart.
pub fn to_mermaid(release: &Release) -> String {
    let _ = release;
    String::new()
}

/// In Graphviz's DOT language.
pub fn to_dot(release: &Release) -> String {
    let _ = release;
    String::new()
}

/// As SVG.
pub fn to_svg(release: &Release) -> String {
    let _ = release;
    String::new()
}
